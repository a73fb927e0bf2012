using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Login policies are kept in protocol mappers of the provider, at clients and client scopes.</summary>
internal sealed class KeycloakLoginPolicies(KeycloakClient client, ILoginPoliciesApi api, RealmSight sight, IOptions<KeycloakOptions> options) : ILoginPolicies
{
    public const string OidcMapper = "chatgovernance-oidc-login-policy";
    public const string SamlMapper = "chatgovernance-saml-login-policy";

    /// <summary>Of the required action.</summary>
    public const string Action = "chatgovernance-required-roles";

    /// <summary>What one is called that is made here; the name is a client's own.</summary>
    public const string UsualName = "Required roles for login";

    private const string AnyOf = "any-of";
    private const string AllOf = "all-of";
    private const string Groups = "groups";
    private const string Message = "message";

    /// <summary>Types of admin events that may be about them.</summary>
    private static readonly string[] types = ["PROTOCOL_MAPPER", "CLIENT", "CLIENT_SCOPE", "REQUIRED_ACTION"];

    public bool MayBeSet => options.Value.ManageLoginPolicies;

    public Task<Reading<LoginGuard>> Read(CancellationToken ct) => Readings.ReadPresent(async () =>
    {
        var names = new RealmNames(client, new GroupFinder(client, sight));
        var clients = await client.Clients(ct);
        var found = new List<LoginPolicy>();
        foreach (var row in clients)
            found.AddRange(await In(LoginPolicy.Of(row.ClientId), [row.ClientId], row.ProtocolMappers, names, ct));
        foreach (var scope in await api.ClientScopes(ct))
            found.AddRange(await In($"client scope {scope.Name}", [.. clients.Where(row => row.Has(scope.Name)).Select(row => row.ClientId)], scope.ProtocolMappers, names, ct));
        return new LoginGuard(
            (await api.RequiredActions(ct)).Any(action => action is { ProviderId: Action, Enabled: true }),
            [.. found.OrderBy(policy => policy.Where, StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal)],
            [.. clients.Select(row => row.ClientId)]);
    });

    public async Task<Reading<DateTimeOffset>> LastTouched(CancellationToken ct) => await Readings.ReadPresent(() => api.AdminEventsOf(types, 1, ct)) switch
    {
        Reading<List<AdminEventRow>>.Known { Value: [var newest, ..] } => new Reading<DateTimeOffset>.Known(DateTimeOffset.FromUnixTimeMilliseconds(newest.Time)),
        Reading<List<AdminEventRow>>.Unknown unknown => new Reading<DateTimeOffset>.Unknown(unknown.Why),
        _ => new Reading<DateTimeOffset>.Absent(),
    };

    public Task<Reading<IReadOnlyList<string>>> Unresolved(LoginRules rules, CancellationToken ct) =>
        Readings.ReadPresent(() => new RealmNames(client, new GroupFinder(client, sight)).Unresolved(rules, ct));

    public Task<DirectoryChange> Set(string clientId, LoginRules rules, CancellationToken ct) => Readings.Change(async () =>
    {
        var row = await client.Client(clientId, ct) ?? throw new KeycloakException(KeycloakFailure.NotFound, 404);
        var saml = row.Protocol == "saml";
        var config = new Dictionary<string, string?>
        {
            [AnyOf] = string.Join(LoginRules.Separator, rules.AnyOf),
            [AllOf] = string.Join(LoginRules.Separator, rules.AllOf),
            [Groups] = string.Join(LoginRules.Separator, rules.Groups),
            [Message] = rules.Message,
        };
        switch ((row.ProtocolMappers ?? []).Where(IsPolicy).ToList())
        {
            case []:
                await api.AddMapper(row.Id, new MapperRow(UsualName, saml ? SamlMapper : OidcMapper, config, Protocol: saml ? "saml" : "openid-connect"), ct);
                break;
            case [{ Id: { } id } only]:
                await api.ChangeMapper(row.Id, id, only with { Config = config }, ct);
                break;
            default:
                throw new KeycloakException(KeycloakFailure.Rejected, 409); // several must all hold: which of them is meant is not ours to say
        }
    });

    private static bool IsPolicy(MapperRow row) => row.ProtocolMapper is OidcMapper or SamlMapper;

    internal static bool HasPolicy(ClientRow row) => (row.ProtocolMappers ?? []).Any(IsPolicy);

    private static async Task<IReadOnlyList<LoginPolicy>> In(string where, IReadOnlyList<string> clients, IReadOnlyList<MapperRow>? rows, RealmNames names, CancellationToken ct)
    {
        var found = new List<LoginPolicy>();
        foreach (var row in (rows ?? []).Where(IsPolicy))
        {
            var rules = new LoginRules(Names(row, AnyOf), Names(row, AllOf), Names(row, Groups), row.Config?.GetValueOrDefault(Message)?.Trim() ?? "");
            found.Add(new LoginPolicy(where, row.Name, rules) { Clients = clients, Unresolved = await names.Unresolved(rules, ct) });
        }

        return found;
    }

    /// <summary>As the provider splits them; one that is blank is a name that nothing has.</summary>
    private static string[] Names(MapperRow row, string key) =>
        row.Config?.GetValueOrDefault(key) is { Length: > 0 } stored ? [.. stored.Split(LoginRules.Separator).Select(name => name.Trim())] : [];
}
