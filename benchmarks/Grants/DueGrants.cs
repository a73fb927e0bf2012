using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.Benchmarks.Grants;

/// <summary>Grants that, as far as the records go, were given a while ago and end now.</summary>
internal static class DueGrants
{
    private const int StoredAtOnce = 8;

    public static Task Store(TestStore store, IEnumerable<Membership> memberships, CancellationToken ct) => Parallel.ForEachAsync(
        memberships,
        new ParallelOptions { MaxDegreeOfParallelism = StoredAtOnce, CancellationToken = ct },
        async (membership, token) =>
        {
            if (await store.Commits.Commit(new Changes { Entitlement = new Versioned<Entitlement>(Due(membership), 0) }, token) != CommitResult.Saved)
                throw new InvalidOperationException("A grant was not stored.");
        });

    private static Entitlement Due(Membership membership)
    {
        // After the realm was made: what was added later by others would not be the bot's to take away.
        var now = TimeProvider.System.GetUtcNow();
        var entitlement = new Entitlement
        {
            Id = new EntitlementId(Guid.CreateVersion7()),
            Person = new PersonRef(new PersonId(membership.User), membership.Username),
            Target = new TargetId(TargetKind.Group, membership.Group),
            TargetName = membership.GroupPath,
            Grants = [],
        };
        var grant = new Grant
        {
            Id = new GrantId(Guid.CreateVersion7()),
            Request = new RequestId(Guid.CreateVersion7()),
            Basis = new GrantBasis.Decision(new PersonRef(new PersonId("bob"), "Bob Brown")),
            Length = new AccessLength.For(TimeSpan.FromHours(1)),
            State = new GrantState.Active(now, now),
            CheckAt = now + Entitlement.CheckEvery,
        };
        return entitlement.With(grant) with { Tenure = new Tenure { Id = Guid.CreateVersion7(), OpenedAt = now, HeldBefore = false, SentAt = now } };
    }
}

/// <summary>Somebody in a group of the realm; ids are Keycloak's.</summary>
internal sealed record Membership(string User, string Username, string Group, string GroupPath);
