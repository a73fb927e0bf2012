using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;

namespace ChatGovernance.TestSupport.Fakes;

/// <summary>Login policies in memory: the client <c>shop</c> and <c>desk</c>, and as many policies as a test adds.</summary>
public sealed class FakeLoginPolicies : ILoginPolicies
{
    public List<LoginPolicy> Policies { get; } = [];

    public List<string> Clients { get; } = ["shop", "desk"];

    public bool ActionOn { get; set; } = true;

    public bool MayBeSet { get; set; } = true;

    /// <summary>What an admin event says; a test that changes something by hand sets it.</summary>
    public DateTimeOffset? TouchedAt { get; set; }

    /// <summary>Names that are nothing, or several.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>By the method's name; null: it answers.</summary>
    public Func<string, Doubt?> Doubts { get; set; } = _ => null;

    /// <summary>What becomes of a change that is sent.</summary>
    public Func<DirectoryChange?> AnswersSet { get; set; } = () => null;

    /// <summary>Run once something was read, before whoever read it goes on.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Changes whose answer does not come; they are made all the same.</summary>
    public int AnswersLost { get; set; }

    /// <summary>Clients whose policy was set, in order.</summary>
    public List<string> Sets { get; } = [];

    public void Has(string client, LoginRules rules, string name = "Staff") => Policies.Add(new LoginPolicy(LoginPlace.Client(client), name, rules) { Clients = [client] });

    public async Task<Reading<LoginGuard>> Read(bool resolve, CancellationToken ct)
    {
        var answer = await Answer(nameof(Read), () => new LoginGuard(ActionOn, [.. Policies], [.. Clients]));
        await AfterRead();
        return answer;
    }

    public Task<Reading<DateTimeOffset>> LastTouched(CancellationToken ct) => Task.FromResult<Reading<DateTimeOffset>>(TouchedAt is { } at ? new Reading<DateTimeOffset>.Known(at) : new Reading<DateTimeOffset>.Absent());

    public Task<Reading<IReadOnlyList<string>>> Unresolved(LoginRules rules, CancellationToken ct) =>
        Answer<IReadOnlyList<string>>(nameof(Unresolved), () => [.. rules.AnyOf.Concat(rules.AllOf).Concat(rules.Groups).Where(Unknown.Contains)]);

    public Task<DirectoryChange> Set(string client, LoginRules rules, CancellationToken ct)
    {
        Sets.Add(client);
        if (AnswersSet() is { } answer)
            return Task.FromResult(answer);
        var name = Policies.Find(policy => policy.Place == LoginPlace.Client(client))?.Name ?? "Required roles for login";
        Policies.RemoveAll(policy => policy.Place == LoginPlace.Client(client));
        Has(client, rules, name);
        return Task.FromResult<DirectoryChange>(AnswersLost-- > 0 ? new DirectoryChange.Uncertain(Doubt.Away) : new DirectoryChange.Accepted());
    }

    private Task<Reading<T>> Answer<T>(string call, Func<T> answer) =>
        Task.FromResult<Reading<T>>(Doubts(call) is { } doubt ? new Reading<T>.Unknown(doubt) : new Reading<T>.Known(answer()));
}
