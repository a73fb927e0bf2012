using System.Reflection;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.TestSupport.Keycloak;
using RestEase;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>
/// Each call of the client, over many inputs: status, the fields that are read, paging, repetition, the answer without the privilege,
/// and the error body. Both servers are held to what a real Keycloak answered.
/// </summary>
public abstract class KeycloakContractTests(ContractRealmFixture realm)
{
    private static readonly IReadOnlyDictionary<string, ContractScript> Scripts =
        new[] { GroupScripts.All, PeopleScripts.All, RoleScripts.All, ChangeScripts.All }.SelectMany(s => s).ToDictionary(s => s.Call);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Calls => [.. Scripts.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Answers_as_Keycloak_does(string call)
    {
        var run = await realm.Run(Ct);
        var answered = new List<string>();
        foreach (var step in Scripts[call].Steps)
            answered.Add(Recording.Line(step.ToString(), await run.Play(step, Ct)));

        await realm.Compare(call, answered, Ct);
    }

    [Fact]
    public async Task Gives_tokens_as_Keycloak_does()
    {
        var run = await realm.Run(Ct);
        var answered = new List<string>();
        foreach (var (realmName, form) in TokenScript.Asked(run.RealmName))
        {
            string asked = string.Join('&', form.Select(f => $"{f.Key}={f.Value}"));
            answered.Add(Recording.Line($"{realmName.Replace(run.RealmName, "{name}", StringComparison.Ordinal)}: {asked}", await run.AskToken(realmName, form, Ct)));
        }

        await realm.Compare("Token", answered, Ct);
    }

    [Fact]
    public void Every_call_of_the_client_is_asked_with_20_inputs_or_more()
    {
        foreach (var call in typeof(IKeycloakApi).GetMethods())
        {
            call.GetCustomAttribute<RequestAttribute>().ShouldNotBeNull();
            Scripts.Keys.ShouldContain(call.Name);
            Scripts[call.Name].Steps.Distinct().Count().ShouldBeGreaterThanOrEqualTo(20, call.Name);
        }

        TokenScript.Asked("x").Count().ShouldBeGreaterThanOrEqualTo(20);
    }
}

public sealed class SandboxContractTests(SandboxContractRealm realm) : KeycloakContractTests(realm), IClassFixture<SandboxContractRealm>
{
    [Fact]
    public void No_call_was_unknown_to_the_sandbox_realm() => realm.Unknown.ShouldBeEmpty();
}

public sealed class RealKeycloakContractTests(RealContractRealm realm) : KeycloakContractTests(realm), IClassFixture<RealContractRealm>;
