using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>Receivers as they are set up; what is wrong is named in one line.</summary>
public sealed class WebhookOptionsTests
{
    private const string Secret = "0123456789012345678901234";

    [Theory]
    [InlineData("", Secret, "", "", "Webhooks:0:Url is missing: where events are sent")]
    [InlineData("siem.example.org/hook", Secret, "", "", "Webhooks:0:Url is not an http or https URL without credentials and fragment")]
    [InlineData("ftp://siem.example.org", Secret, "", "", "Webhooks:0:Url is not an http or https URL without credentials and fragment")]
    [InlineData("https://me:pass@siem.example.org", Secret, "", "", "Webhooks:0:Url is not an http or https URL without credentials and fragment")]
    [InlineData("http://siem.example.org/hook", Secret, "", "", "Webhooks:0:Url is not https: whoever listens on the way could read what is sent")]
    [InlineData("https://siem.example.org/hook", "", "", "", "Webhooks:0:Secret is missing, and so is Webhooks:0:SecretFile: what events are signed with")]
    [InlineData("https://siem.example.org/hook", "short", "", "", "Webhooks:0:Secret is shorter than 24 bytes: openssl rand -base64 32 makes one")]
    [InlineData("https://siem.example.org/hook", "whsec_***", "", "", "Webhooks:0:Secret is not Base64 after whsec_")]
    [InlineData("https://siem.example.org/hook", Secret, "two words", "", "Webhooks:0:Name is not a name of letters, digits, dots, hyphens and underscores, 60 at most")]
    [InlineData("https://siem.example.org/hook", Secret, "", "io.chatgovernance.grants", "Webhooks:0:Events holds \"io.chatgovernance.grants\", with which no type of event begins (docs/webhooks.md has them)")]
    [InlineData("https://siem.example.org/hook", Secret, "siem", "io.chatgovernance.grant", null)]
    [InlineData("https://siem.example.org/hook?key=1", Secret, "", "", null)]
    [InlineData("http://127.0.0.1:8080/hook", Secret, "", "", null)]
    public void What_is_missing_or_malformed_is_named(string url, string secret, string name, string events, string? problem) =>
        Problem(("Webhooks:0:Url", url), ("Webhooks:0:Secret", secret), ("Webhooks:0:Name", name), (events.Length == 0 ? "x" : "Webhooks:0:Events:0", events)).ShouldBe(problem);

    [Fact]
    public void A_former_secret_has_to_be_as_good() => Problem([.. Valid(0), ("Webhooks:0:SecretPrevious", "short")])
        .ShouldBe("Webhooks:0:SecretPrevious is shorter than 24 bytes: openssl rand -base64 32 makes one");

    [Fact]
    public void Two_of_one_name_cannot_be_told_apart()
    {
        Problem([.. Valid(0), .. Valid(1)]).ShouldBe("Webhooks:1:Name is wanted: Webhooks:0 is called siem.example.org, too");
        Problem([.. Valid(0), .. Valid(1), ("Webhooks:1:Name", "other")]).ShouldBeNull();
    }

    [Fact]
    public void Without_a_name_a_target_is_called_like_its_host_and_without_a_choice_it_wants_all()
    {
        using var services = Build(Valid(0));
        var target = services.GetRequiredService<IOptions<WebhookOptions>>().Value.Targets.Values.Single().Target;

        target.Name.ShouldBe("siem.example.org");
        WebhookType.All.ShouldAllBe(type => target.Wants(type));
    }

    [Fact]
    public void The_source_is_the_realm_as_a_URI_reference() => WebhookRegistration.Source("my realm").ShouldBe("/realms/my%20realm");

    private static (string, string)[] Valid(int number) => [($"Webhooks:{number}:Url", "https://siem.example.org/hook"), ($"Webhooks:{number}:Secret", Secret)];

    private static string? Problem(params (string, string)[] settings)
    {
        using var services = Build(settings);
        try
        {
            _ = services.GetRequiredService<IOptions<WebhookOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures.Single();
        }
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Where(setting => setting.Value.Length > 0 || setting.Key.EndsWith(":Url", StringComparison.Ordinal))
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddOptions<KeycloakOptions>();
        return services.AddWebhooks(configuration).BuildServiceProvider();
    }
}
