using System.Text.Json.Nodes;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Benchmarks.Logins;

/// <summary>Logins at a Keycloak with the provider, to a client that asks for a role, beside a Keycloak without it.</summary>
internal sealed class LoginBenchmark : IBenchmark
{
    private const string RealmName = "logins";

    public string Name => "logins";

    public string About => "logins with the provider and a policy, beside a Keycloak without it";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        await using var with = await TestRealm.CreateAsync(await KeycloakServer.WithProviderAsync(), RealmWith(policy: true), ct);
        await using var without = await TestRealm.CreateAsync(await KeycloakServer.WithoutProviderAsync(), RealmWith(policy: false), ct);
        using var ours = new LoginCaller(with);
        using var theirs = new LoginCaller(without);

        var logins = scope.Quick ? 5 : 150;
        foreach (var caller in (LoginCaller[])[ours, theirs])
            await caller.Log(scope.Quick ? 5 : 600, ct); // a server that has just started is ever faster
        var rounds = await Rounds.Alternate(scope.Rounds * 2, [() => ours.Log(logins, ct), () => theirs.Log(logins, ct)]);

        var goals = new List<Goal>();
        var table = new Table("", "with, p50 ms", "without, p50 ms", "more, ms", "with ÷ without", "with, p99 ms", "without, p99 ms");
        foreach (var step in Enum.GetValues<LoginStep>())
        {
            var (mine, other) = (Median(rounds[0], step, 0.5), Median(rounds[1], step, 0.5));
            table.Row(Words(step), Figures.Milliseconds(mine), Figures.Milliseconds(other), Figures.Milliseconds(mine - other), Figures.Ratio(mine / other), Figures.Milliseconds(Median(rounds[0], step, 0.99)), Figures.Milliseconds(Median(rounds[1], step, 0.99)));
            goals.Add(new Goal($"{Words(step)}: more, as a share of what 5 % or 2 ms allow", 1, AtLeast: false, Math.Max(0, mine - other) / Math.Max(2, other * 0.05)));
        }

        return $"{Goal.Write(goals)}\n{table}";
    }

    private static double Median(IReadOnlyList<IReadOnlyDictionary<LoginStep, Latencies>> rounds, LoginStep step, double share) =>
        Summary.Median(rounds.Select(round => round[step].Percentile(share)));

    private static string Words(LoginStep step) => step switch
    {
        LoginStep.Form => "name and password to code",
        LoginStep.Session => "code by a session that is there",
        LoginStep.Exchange => "code to tokens",
        LoginStep.Refresh => "refresh",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string RealmWith(bool policy) => new JsonObject
    {
        ["realm"] = RealmName,
        ["enabled"] = true,
        ["sslRequired"] = "none",
        ["eventsEnabled"] = true,
        ["requiredActions"] = policy ? new JsonArray(new JsonObject { ["alias"] = "chatgovernance-required-roles", ["name"] = "Required roles for login", ["providerId"] = "chatgovernance-required-roles", ["enabled"] = true, ["priority"] = 1 }) : new JsonArray(),
        ["roles"] = new JsonObject { ["realm"] = new JsonArray(new JsonObject { ["name"] = "reader" }, new JsonObject { ["name"] = "writer" }) },
        ["clients"] = new JsonArray(new JsonObject
        {
            ["clientId"] = LoginCaller.Client,
            ["secret"] = LoginCaller.Client,
            ["redirectUris"] = new JsonArray("*"),
            ["protocolMappers"] = policy
                ? new JsonArray(new JsonObject { ["name"] = "Readers", ["protocol"] = "openid-connect", ["protocolMapper"] = "chatgovernance-oidc-login-policy", ["config"] = new JsonObject { ["any-of"] = "writer##reader" } })
                : [],
        }),
        ["users"] = new JsonArray(new JsonObject
        {
            ["username"] = LoginCaller.User,
            ["enabled"] = true,
            ["email"] = "user@example.org",
            ["firstName"] = "Uma",
            ["lastName"] = "Unger",
            ["realmRoles"] = new JsonArray("reader", $"default-roles-{RealmName}"),
            ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = LoginCaller.User }),
        }),
    }.ToJsonString();
}

internal enum LoginStep
{
    Form,
    Session,
    Exchange,
    Refresh,
}
