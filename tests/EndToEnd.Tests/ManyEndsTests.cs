using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Many grants end at the same moment.</summary>
[Collection(Alone.Name)]
public sealed class ManyEndsTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private static readonly string[] people = ["alice", "dave", "erin", "frank", "grace"];

    private static readonly string[] groups =
    [
        "arena", "bridge", "canal", "clover", "comet", "desert", "dune", "echo", "fortress", "garden",
        "meteor", "oasis", "phoenix", "quarry", "river", "summit", "valley", "anchor", "island", "lagoon",
    ];

    [Fact]
    public async Task A_hundred_ends_at_one_moment_are_begun_within_five_seconds_of_it()
    {
        var ids = await Task.WhenAll(groups.Select(async group => (Name: $"/apps/{group}", Id: await GroupId($"/apps/{group}"))));
        var pairs = new List<Entitlement>();
        foreach (var person in people)
        {
            var user = await UserId(person);
            foreach (var (name, id) in ids)
            {
                await Administrator(HttpMethod.Put, $"users/{user}/groups/{id}");
                pairs.Add(Pair(new PersonRef(new PersonId(user), person), new TargetId(TargetKind.Group, id), name));
            }
        }

        // What an administrator's event says was given by hand around our change would not be ours to take away.
        await Administrator(HttpMethod.Delete, "admin-events");
        // Given, as far as the records go, by the bot.
        var endsAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(15);
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (pair, ct) =>
            (await Deployment.Store.Commits.Commit(new Changes { Entitlement = new Versioned<Entitlement>(Ending(pair, endsAt), 0) }, ct)).ShouldBe(CommitResult.Saved));
        TimeProvider.System.GetUtcNow().ShouldBeLessThan(endsAt, "the rows were stored too slowly for them to come due together");

        await Until(async () => (await Deployment.Audit.Read(Ct)).Count(row => row.Kind == "grant.ended") == pairs.Count, "every grant to end");
        var rows = await Deployment.Audit.Read(Ct);
        var begun = rows.Where(row => row.Kind == "grant.ending").ToList();
        begun.Count.ShouldBe(pairs.Count);
        begun.Select(row => (string)row.Payload["facts"]!["grant"]!).Distinct().Count().ShouldBe(pairs.Count);
        begun.Min(row => row.At).ShouldBeGreaterThanOrEqualTo(endsAt - TimeSpan.FromMilliseconds(1)); // rows hold whole milliseconds
        var latest = begun.Max(row => row.At) - endsAt;
        TestContext.Current.TestOutputHelper?.WriteLine($"The last of {begun.Count} ends was begun {latest.TotalSeconds:0.00} s after its time.");
        latest.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(5));

        rows.Where(row => row.Kind == "grant.ended").ShouldAllBe(row => (string)row.Payload["facts"]!["outcome-code"]! == nameof(EndOutcome.Removed));
        foreach (var person in people)
            (await Held(person)).Where(held => held.StartsWith("/apps/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static Entitlement Pair(PersonRef person, TargetId target, string name) => new()
    {
        Id = new EntitlementId(Guid.CreateVersion7()),
        Person = person,
        Target = target,
        TargetName = name,
        Grants = [],
    };

    private static Entitlement Ending(Entitlement pair, DateTimeOffset endsAt)
    {
        var sentAt = TimeProvider.System.GetUtcNow();
        var grant = new Grant
        {
            Id = new GrantId(Guid.CreateVersion7()),
            Request = new RequestId(Guid.CreateVersion7()),
            Basis = new GrantBasis.Decision(new PersonRef(new PersonId("bob"), "Bob Brown")),
            Length = new AccessLength.For(TimeSpan.FromHours(1)),
            State = new GrantState.Active(sentAt, endsAt),
            CheckAt = sentAt + Entitlement.CheckEvery,
        };
        return pair.With(grant) with { Tenure = new Tenure { Id = Guid.CreateVersion7(), OpenedAt = sentAt, HeldBefore = false, SentAt = sentAt } };
    }
}
