using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Identity;

/// <summary>How chat accounts are proved to be people: the section <c>Identity</c>.</summary>
internal static class IdentityRegistration
{
    private static readonly string[] known = [IdentitySource.Link, IdentitySource.Attribute, IdentitySource.VerifiedEmail];

    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Identity");
        var sources = section.GetSection("Sources").Get<string[]>() ?? [IdentitySource.Link, IdentitySource.Attribute];
        foreach (var source in sources)
        {
            if (!known.Contains(source))
                throw new InvalidSettingException($"Identity:Sources names \"{source}\"; it may name {string.Join(", ", known)}.");
        }

        var guests = new HashSet<ChatPlatform>();
        if (configuration.GetValue<bool>("Slack:AllowGuests"))
            guests.Add(ChatPlatform.Slack);
        if (configuration.GetValue<bool>("Teams:AllowGuests"))
            guests.Add(ChatPlatform.Teams);

        services.AddSingleton(new PeopleOptions
        {
            Sources = sources,
            SlackAttribute = section["SlackAttribute"] ?? "slack-id",
            TeamsAttribute = section["TeamsAttribute"] ?? "teams-id",
            GuestsOn = guests,
        });
        // Links that were made hold although no new ones can be made for now.
        if (sources.Contains(IdentitySource.Link))
            services.AddScoped<IIdentitySource, LinkSource>();
        if (sources.Contains(IdentitySource.Attribute))
            services.AddScoped<IIdentitySource, AttributeSource>();
        if (sources.Contains(IdentitySource.VerifiedEmail))
            services.AddScoped<IIdentitySource, VerifiedEmailSource>();
        return services;
    }
}
