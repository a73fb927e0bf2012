using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Identity;

/// <summary>Who looks after access: the section <c>Access</c>.</summary>
internal static class StaffRegistration
{
    private const string SecurityKey = "Access:SecurityGroup";
    private const string AdministratorKey = "Access:AdministratorGroup";

    public static IServiceCollection AddStaff(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton(new StaffOptions
    {
        SecurityGroup = Group(configuration, SecurityKey),
        AdministratorGroup = Group(configuration, AdministratorKey),
    });

    /// <summary>A path or an id: a bare name could become that of another group.</summary>
    private static string? Group(IConfiguration configuration, string key)
    {
        if (configuration[key]?.Trim() is not { Length: > 0 } group)
            return null;
        return group.Length > 1 && (group.StartsWith('/') || group is ['i', 'd', ':', _, ..])
            ? group
            : throw new InvalidSettingException($"{key} must be the path of a group such as /security, or id:… with its id.");
    }
}
