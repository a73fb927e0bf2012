using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Login policies, and changes of them, as administrators read them.</summary>
public static class LoginPolicyMessages
{
    public const string NotSet = "The login policy was not set";

    public static CardKey Decide(LoginChange change, ChatAccount account) => new(Subject.Of(change.Id), new Audience.Person(account), CardPurpose.Decide);

    public static CardKey Follow(LoginChange change, ChatAccount account) => new(Subject.Of(change.Id), new Audience.Person(account), CardPurpose.Follow);

    public static ChatMessage For(LoginChange change, CardPurpose purpose, DateTimeOffset now)
    {
        var waits = change.State is LoginChangeState.Proposed && !change.IsOver(now);
        return new ChatMessage
        {
            Title = Title(change, now),
            Lines = change.State switch
            {
                LoginChangeState.Void { Why: var why } => [why],
                LoginChangeState.Proposed when waits && purpose == CardPurpose.Decide => ["People who do not qualify get no login and no token from then on. Confirm it only if you expected it."],
                LoginChangeState.Proposed when waits => ["A second administrator has to confirm it within a day."],
                _ => [],
            },
            Facts = [new Fact("Now", $"{change.Before}"), new Fact("From then on", $"{change.After}")],
            Actions = !waits ? [] : purpose == CardPurpose.Decide
                ? [new ChatAction("Confirm", new ChatIntent.ConfirmLoginPolicy(change.Id), ActionStyle.Primary), new ChatAction("Reject", new ChatIntent.RejectLoginPolicy(change.Id), ActionStyle.Danger)]
                : [new ChatAction("Withdraw", new ChatIntent.RejectLoginPolicy(change.Id))],
        };
    }

    /// <summary>What to enter where the bot may not, or shall not, do it.</summary>
    public static IReadOnlyList<string> ByHand(string client, LoginRules rules) =>
    [
        $"In Keycloak's Admin Console: Clients, {client}, Client scopes, {client}-dedicated, Add mapper, By configuration, \"Required roles for login\" (or open the one that is there).",
        .. Field("One of these roles", rules.AnyOf),
        .. Field("All of these roles", rules.AllOf),
        .. Field("One of these groups", rules.Groups),
        .. rules.Message.Length > 0 ? [$"Message: {rules.Message}"] : Array.Empty<string>(),
        "Leave the other fields empty, and save.",
    ];

    public static ChatMessage Show(LoginGuard guard, IReadOnlyDictionary<string, LoginRules> file, string? client, int max)
    {
        var policies = client is null ? guard.Policies : [.. guard.Policies.Where(policy => policy.Clients.Contains(client))];
        var off = guard.ActionOn || policies.Count == 0 ? Array.Empty<string>()
            : ["The required action \"Required roles for login\" is off: people get no token, and do not see why. Switch it on: Authentication, Required actions."];
        if (client is not null && !guard.Clients.Contains(client))
            return new ChatMessage { Title = $"There is no client {client}, or the bot does not see it", Lines = ["Write its client ID as it stands in Keycloak."] };
        if (policies.Count == 0)
            return new ChatMessage { Title = client is null ? "No client asks for roles at login" : $"{client} asks for nothing at login", Lines = [Next(file, client)] };
        return new ChatMessage
        {
            Title = client is null ? $"What {policies.Count} login {(policies.Count == 1 ? "policy asks" : "policies ask")} for" : $"What {client} asks for at login",
            Lines = [.. policies.Take(max).Select(Line), .. policies.Count > max ? [$"And {policies.Count - max} more: write policy show CLIENT."] : Array.Empty<string>(), .. off],
            Small = Next(file, client),
        };
    }

    public static ChatMessage Show(IReadOnlyList<LoginDifference> differences, int files, int max) => differences.Count == 0
        ? new ChatMessage
        {
            Title = files == 0 ? "The policy file says nothing about logins" : "Keycloak has what the policy file says about logins",
            Lines = files == 0 ? ["Write a section logins into it to compare, or set one by policy set CLIENT any-of: ROLE."] : [],
        }
        : new ChatMessage
        {
            Title = $"{differences.Count} {(differences.Count == 1 ? "client asks" : "clients ask")} for something else than the policy file says",
            Lines = [.. differences.Take(max).Select(difference => $"{difference}"), .. differences.Count > max ? [$"And {differences.Count - max} more."] : Array.Empty<string>()],
            Small = "Nothing is changed by itself: write policy set CLIENT.",
        };

    private static string Line(LoginPolicy policy) =>
        $"{policy.Place}, \"{policy.Name}\": {policy.Rules}{(policy.Unresolved.Count > 0 ? $". It lets nobody in: {string.Join(", ", policy.Unresolved.Select(name => $"\"{name}\""))} is no role or group, or could be several" : "")}";

    private static string Next(IReadOnlyDictionary<string, LoginRules> file, string? client) => client is not null && file.TryGetValue(client, out var wanted)
        ? $"The policy file says: {wanted}."
        : $"To change it: policy set {client ?? "CLIENT"} any-of: ROLE, ROLE.";

    private static string Title(LoginChange change, DateTimeOffset now) => change.State switch
    {
        LoginChangeState.Proposed when change.IsOver(now) => $"Nobody confirmed in time what {change.Client} was to ask for at login",
        LoginChangeState.Proposed => $"{change.By.Name} wants {change.Client} to ask for something else at login",
        LoginChangeState.Confirmed confirmed => $"{confirmed.By.Name} confirmed what {change.Client} is to ask for at login; it is being set",
        LoginChangeState.Made made => $"{change.Client} asks for something else at login: {change.By.Name} proposed it, {made.By.Name} confirmed it",
        LoginChangeState.Rejected rejected when rejected.By.Id == change.By.Id => $"{rejected.By.Name} has withdrawn what {change.Client} was to ask for at login",
        LoginChangeState.Rejected rejected => $"{rejected.By.Name} rejected what {change.Client} was to ask for at login",
        LoginChangeState.Void => $"What {change.Client} was to ask for at login was not set",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<string> Field(string label, IReadOnlyList<string> names) => names.Count > 0 ? [$"{label}: {string.Join("  +  ", names)}"] : [];
}
