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

    private const string OpenIdConnect = "openid-connect";
    private const string Saml = "saml";
    private const string AnyOf = "any-of";
    private const string AllOf = "all-of";
    private const string Groups = "groups";
    private const string Message = "message";

    /// <summary>Types of admin events that may be about them.</summary>
    private static readonly string[] types = ["PROTOCOL_MAPPER", "CLIENT", "CLIENT_SCOPE", "REQUIRED_ACTION"];

    public bool MayBeSet => options.Value.ManageLoginPolicies;

    public Task<Reading<LoginGuard>> Read(bool resolve, CancellationToken ct) => Readings.ReadPresent(async () =>
    {
        // Whoever may not see clients is answered an empty list.
        await sight.ManagementClient(ct);
        var names = resolve ? Names : null;
        var clients = await client.Clients(ct);
        var found = new List<LoginPolicy>();
        foreach (var row in clients)
            found.AddRange(await In(LoginPlace.Client(row.ClientId), [row.ClientId], row.ProtocolMappers, names, ct));
        foreach (var scope in await api.ClientScopes(ct))
            found.AddRange(await In(new LoginPlace(LoginPlaceKind.Scope, scope.Name), [.. clients.Where(row => row.Has(scope.Name)).Select(row => row.ClientId)], scope.ProtocolMappers, names, ct));
        return new LoginGuard(
            (await api.RequiredActions(ct)).Any(action => action is { ProviderId: Action, Enabled: true }),
            [.. found.OrderBy(policy => policy.Place.ToString(), StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal)],
            [.. clients.Select(row => row.ClientId)]);
    });

    public async Task<Reading<DateTimeOffset>> LastTouched(CancellationToken ct) => await Readings.ReadPresent(() => api.AdminEventsOf(types, 1, ct)) switch
    {
        Reading<List<AdminEventRow>>.Known { Value: [var newest, ..] } => new Reading<DateTimeOffset>.Known(DateTimeOffset.FromUnixTimeMilliseconds(newest.Time)),
        Reading<List<AdminEventRow>>.Unknown unknown => new Reading<DateTimeOffset>.Unknown(unknown.Why),
        _ => new Reading<DateTimeOffset>.Absent(),
    };

    public Task<Reading<IReadOnlyList<string>>> Unresolved(LoginRules rules, CancellationToken ct) =>
        Readings.ReadPresent(() => Names.Unresolved(rules, ct));

    public Task<DirectoryChange> Set(string clientId, LoginRules rules, CancellationToken ct) => Readings.Change(async () =>
    {
        var row = await client.Client(clientId, ct) ?? throw new KeycloakException(KeycloakFailure.NotFound, 404);
        var saml = row.Protocol == Saml;
        var config = new Dictionary<string, string?>
        {
            [AnyOf] = LoginRules.Join(rules.AnyOf),
            [AllOf] = LoginRules.Join(rules.AllOf),
            [Groups] = LoginRules.Join(rules.Groups),
            [Message] = rules.Message,
        };
        IReadOnlyList<MapperRow> mappers = row.ProtocolMappers ?? [];
        switch (mappers.Where(IsPolicy).ToList())
        {
            case []:
                var name = mappers.Any(mapper => mapper.Name == UsualName) ? $"{UsualName} (ChatGovernance)" : UsualName;
                await api.AddMapper(row.Id, new MapperRow(name, saml ? SamlMapper : OidcMapper, config, Protocol: saml ? Saml : OpenIdConnect), ct);
                break;
            case [{ Id: { } id } only]:
                await api.ChangeMapper(row.Id, id, only with { Config = config }, ct);
                break;
            default:
                throw new KeycloakException(KeycloakFailure.Rejected, 409); // several must all hold: which of them is meant is not ours to say
        }
    });

    private RealmNames Names => new(client, new GroupFinder(client, sight));

    private static bool IsPolicy(MapperRow row) => row.ProtocolMapper is OidcMapper or SamlMapper;

    internal static bool HasPolicy(ClientRow row) => (row.ProtocolMappers ?? []).Any(IsPolicy);

    private static async Task<IReadOnlyList<LoginPolicy>> In(LoginPlace place, IReadOnlyList<string> clients, IReadOnlyList<MapperRow>? rows, RealmNames? names, CancellationToken ct)
    {
        var found = new List<LoginPolicy>();
        foreach (var row in (rows ?? []).Where(IsPolicy))
        {
            var rules = new LoginRules(LoginRules.Split(Value(row, AnyOf)), LoginRules.Split(Value(row, AllOf)), LoginRules.Split(Value(row, Groups)), Value(row, Message)?.Trim() ?? "");
            found.Add(new LoginPolicy(place, row.Name, rules)
            {
                Clients = clients,
                Protocol = row.Protocol ?? OpenIdConnect,
                Unresolved = names is null ? [] : await names.Unresolved(rules, ct),
            });
        }

        return found;
    }

    private static string? Value(MapperRow row, string key) => row.Config?.GetValueOrDefault(key);
}
