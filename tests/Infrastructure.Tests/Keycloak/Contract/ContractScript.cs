using System.Reflection;
using ChatGovernance.Infrastructure.Keycloak;
using RestEase;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>The steps of one call of <see cref="IKeycloakApi"/>; every path is made from the call's own template.</summary>
internal sealed class ContractScript
{
    private static readonly string[] Others = ["nobody", "asks", "views-users", "manages-users", "views-realm", "views-clients", "views-events", "-", "?"];

    /// <summary>Ids that are nobody's, each wrong in another way.</summary>
    private static readonly string[] OddIds =
        ["nobody", "a b", "ünï", "a%b", "a+b", "a/b", "a;b", "a?b#c", "\"quoted\"", "'or''1", "00000000-0000-0000-0000-000000000000", new('x', 300)];

    private readonly List<ContractStep> steps = [];
    private readonly RequestAttribute template;

    public ContractScript(string call)
    {
        Call = call;
        template = typeof(IKeycloakApi).GetMethod(call)!.GetCustomAttribute<RequestAttribute>()!;
    }

    public string Call { get; }

    public IReadOnlyList<ContractStep> Steps => steps;

    /// <param name="parts">The path's placeholders in order; what is no <c>{reference}</c> is encoded.</param>
    /// <param name="query">Encoded, added to the template's own.</param>
    public ContractScript Ask(string[] parts, string query = "", string caller = ContractStep.Bot, string? body = null)
    {
        string[] path = template.Path.Split('?', 2);
        var left = new Queue<string>(parts);
        var filled = path[0].Split('/').Select(p => p.StartsWith('{') ? Encoded(left.Dequeue()) : p);
        string whole = string.Join('&', new[] { path.ElementAtOrDefault(1) ?? "", query }.Where(q => q.Length > 0));
        steps.Add(new ContractStep(template.Method.Method, string.Join('/', filled) + (whole.Length > 0 ? $"?{whole}" : ""), caller, body));
        return this;
    }

    /// <summary>One step for each query.</summary>
    public ContractScript AskEach(string[] parts, params string[] queries)
    {
        foreach (string query in queries)
            Ask(parts, query);
        return this;
    }

    /// <summary>The same call by everybody who lacks a privilege, without a token, and with a wrong one.</summary>
    public ContractScript AskAsOthers(string[] parts, string query = "", string? body = null)
    {
        foreach (string caller in Others)
            Ask(parts, query, caller, body);
        return this;
    }

    /// <summary>The same call with ids that are nobody's in the place of the last, or the given, part.</summary>
    public ContractScript AskOddIds(string[] parts, string query = "", string? body = null, int? at = null)
    {
        foreach (string id in OddIds)
        {
            string[] odd = [.. parts];
            odd[at ?? ^1] = id;
            Ask(odd, query, body: body);
        }

        return this;
    }

    /// <summary>A call that is no call of the bot's: to see or prepare what the others mean.</summary>
    public ContractScript Also(string method, string path, string caller = ContractStep.Bot, string? body = null)
    {
        steps.Add(new ContractStep(method, path, caller, body));
        return this;
    }

    public override string ToString() => Call;

    private static string Encoded(string part) => part.StartsWith('{') ? part : Uri.EscapeDataString(part);
}
