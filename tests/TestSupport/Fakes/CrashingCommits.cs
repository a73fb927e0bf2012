using ChatGovernance.Core.Work;

namespace ChatGovernance.TestSupport.Fakes;

/// <summary>Ends the process, as it were, just before or just after a commit that a test picks, or lets the test step in between.</summary>
public sealed class CrashingCommits(ICommits commits) : ICommits
{
    private readonly HashSet<string> survived = [];

    public int Count { get; private set; }

    public CrashAt At { get; set; }

    /// <summary>Runs when everything is decided and nothing is saved yet: what others do in that moment.</summary>
    public Func<Changes, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task<CommitResult> Commit(Changes changes, CancellationToken ct)
    {
        Count++;
        await Before(changes);
        var crash = At != CrashAt.Nowhere && survived.Add(Description(changes));
        if (crash && At == CrashAt.BeforeEach)
            throw new CrashException();
        var result = await commits.Commit(changes, ct);
        if (crash && At == CrashAt.AfterEach)
            throw new CrashException();
        return result;
    }

    // The same step of the same row crashes once; ids and versions tell steps apart.
    private static string Description(Changes changes) => string.Join(
        '|',
        changes.Under?.Kind, changes.Under?.Id, changes.Request?.Version, changes.Filed.Count, changes.Offer?.Version, changes.LoginChange?.Version, changes.KnownLoginPolicies?.Stamp, changes.Entitlement?.Version, changes.Release?.GetType().Name,
        changes.Card?.Shown, changes.Card?.Wanted, changes.Card?.Attempt is null, changes.Card?.Place, changes.Note?.Attempt is null, changes.Note?.Place, changes.Webhook?.Failures, changes.Webhook?.IsDelivered, changes.Webhook?.Dead,
        string.Join(' ', changes.Logins.Select(login => $"{login.Value.Account} {login.Value.State.GetType().Name}")));
}

public enum CrashAt
{
    Nowhere,

    /// <summary>The first try of every commit is lost: what was done outside before it is not recorded.</summary>
    BeforeEach,

    /// <summary>Every commit is made, and the first time nothing after it.</summary>
    AfterEach,
}

public sealed class CrashException() : Exception("The process ended here.");
