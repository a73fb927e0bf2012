using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A policy file for the whole realm: told when it changes, the last good one when it is broken, and the stricter of before and now.</summary>
public abstract class PolicyTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private FollowedPolicy? last;

    [Fact]
    public async Task What_it_says_holds_for_a_target_that_says_nothing()
    {
        await Write("version: 1\ndefaults:\n  max-duration: 4h\n  approvals: 2\n");

        (await StateOf<RequestState.Refused>(await Ask("8h"))).Why.ShouldBe(new Refusal.TooLong(Hours(4)));
        var request = await Ask("4h");
        (await Load(request)).Rule!.Stages[0].Approvals.ShouldBe(2);
        (await Load(request)).Rule!.Policy.ShouldBe(Policy.VersionOf("version: 1\ndefaults:\n  max-duration: 4h\n  approvals: 2\n"));
    }

    [Fact]
    public async Task A_limit_holds_whatever_a_target_says()
    {
        Offer(("max-duration", "30d"), ("auto-approve-group", ApproverGroup.Path));
        await Write("version: 1\nlimits:\n  max-duration: 1h\n  auto-approval: false\n");

        (await StateOf<RequestState.Refused>(await Ask("8h", by: Bob))).Why.ShouldBe(new Refusal.TooLong(Hours(1)));
        await StateOf<RequestState.Pending>(await Ask("1h", by: Bob));
    }

    [Fact]
    public async Task A_stricter_one_between_request_and_vote_shortens_or_refuses()
    {
        var request = await Ask("8h");
        await Write("version: 1\nlimits:\n  max-duration: 2h\n");
        await Vote(request, Bob);
        await Work();
        ((GrantState.Active)await GrantOf(request)).EndsAt.ShouldBe(Clock.GetUtcNow() + Hours(2));

        var second = await Ask("1h", by: Mallory);
        await Write("version: 1\nlimits:\n  justification-pattern: INC-[0-9]+\n");
        await Vote(second, Bob);
        await Work();
        (await StateOf<RequestState.Refused>(second)).Why.ShouldBeOfType<Refusal.ReasonDoesNotMatch>();
    }

    [Fact]
    public async Task A_looser_one_between_request_and_vote_leaves_what_held_at_the_request()
    {
        await Write("version: 1\nlimits:\n  approvals: 2\n");
        var request = await Ask();
        await Write("version: 1\n");
        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Pending>(request);

        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task Who_may_not_have_it_any_more_loses_it_once_the_policy_changes()
    {
        await Follow();
        var request = await AskAndApprove();
        Directory.Add(OwnerGroup, Bob);
        await Write($"version: 1\nlimits:\n  eligible-group: {OwnerGroup.Path}\n");
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NoLongerEligible);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Each_change_is_told_once_whatever_the_number_of_replicas_and_looks()
    {
        await Write("version: 1\n");
        var before = last;
        (await Follow()).ShouldBeSameAs(before, "Nothing has changed, so nothing is done.");
        await Workers.FollowPolicy(null, Ct); // another replica, with the same file
        await Write("version: 1\nlimits:\n  risk: medium\n");
        await Write(null);
        await Work();

        AuditLines.Count(line => line.StartsWith("A policy file holds from now on", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Another policy holds from now on", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("No policy file holds any more", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_one_is_told_once_and_the_last_good_one_goes_on_also_in_another_process()
    {
        await Write("version: 1\nlimits:\n  max-duration: 1h\n");
        await Write("version: 1\nlimits:\n  max-duration: soon\n");
        await Follow();
        last = null; // started anew
        (await Follow()).Holds!.Version.ShouldBe(Policy.VersionOf("version: 1\nlimits:\n  max-duration: 1h\n"));
        (await StateOf<RequestState.Refused>(await Ask("8h"))).Why.ShouldBe(new Refusal.TooLong(Hours(1)));
        AuditLines.Count(line => line.StartsWith("The policy file cannot be used", StringComparison.Ordinal) && line.Contains("line 3", StringComparison.Ordinal)).ShouldBe(1);

        await Write("version: 1\nlimits:\n  max-duration: 2h\n");
        await Work();
        AuditLines.Count(line => line == "The policy file can be used again.").ShouldBe(1);
        Workers.Policies.Current.Version.ShouldBe(Policy.VersionOf("version: 1\nlimits:\n  max-duration: 2h\n"));
    }

    [Fact]
    public async Task A_replica_whose_file_is_broken_takes_up_what_another_has_read_since()
    {
        await Write("version: 1\n");
        await Write("version: 3\n");
        Workers.File.Text = "version: 1\nlimits:\n  max-duration: 1h\n";
        await Workers.FollowPolicy(null, Ct); // another replica

        await Write("version: 3\n");
        last!.Holds!.Version.ShouldBe(Policy.VersionOf("version: 1\nlimits:\n  max-duration: 1h\n"));
        var before = last;
        (await Follow()).ShouldBeSameAs(before, "It has been taken up, so nothing is done.");
        (await StateOf<RequestState.Refused>(await Ask("8h"))).Why.ShouldBe(new Refusal.TooLong(Hours(1)));
    }

    [Fact]
    public async Task Who_may_not_have_it_by_a_policy_that_came_while_nothing_ran_loses_it_at_the_start()
    {
        var request = await AskAndApprove();
        Directory.Add(OwnerGroup, Bob);
        last = null; // started anew
        await Write($"version: 1\nlimits:\n  eligible-group: {OwnerGroup.Path}\n");
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NoLongerEligible);
    }

    [Theory]
    [InlineData("auto-approval")]
    [InlineData("emergencies")]
    public async Task What_was_approved_without_anybody_is_not_given_once_the_policy_forbids_that(string named)
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("auto-approve-group", OwnerGroup.Path), ("break-glass-group", OwnerGroup.Path));
        Directory.Doubts = call => call == nameof(Core.Directory.IDirectory.Holds) || call == nameof(Core.Directory.IDirectory.ReadLastChange) ? Core.Doubt.Away : null;
        var request = named == "emergencies" ? await TakeInEmergency() : await Ask();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Waiting>();

        await Write($"version: 1\nlimits:\n  {named}: false\n");
        DirectoryIsBack();
        await Pass(TimeSpan.FromMinutes(30));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>();
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_taken_in_an_emergency_and_then_confirmed_is_given_though_the_policy_forbids_emergencies_by_now()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("break-glass-group", OwnerGroup.Path));
        Directory.Doubts = call => call == nameof(Core.Directory.IDirectory.Holds) || call == nameof(Core.Directory.IDirectory.ReadLastChange) ? Core.Doubt.Away : null;
        var request = await TakeInEmergency();
        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Approved>(request);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Waiting>();

        await Write("version: 1\nlimits:\n  emergencies: false\n");
        DirectoryIsBack();
        await Pass(TimeSpan.FromMinutes(30));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
    }

    [Fact]
    public async Task A_broken_one_without_a_good_one_before_holds_nothing()
    {
        Workers.File.Text = "version: 3";
        (await Follow()).Holds.ShouldBeNull();
    }

    [Fact]
    public async Task What_another_one_would_change_is_said_with_the_requests_and_grants_that_it_touches()
    {
        await AskAndApprove("8h");
        var waiting = await Ask("8h", by: Mallory);
        var next = ((PolicyReading.Good)Workers.File.Parse("version: 1\nlimits:\n  max-duration: 2h\n  risk: medium\n")).Policy;
        var diff = (await Workers.Diff(next, Ct)).ShouldBeOfType<PolicyDiff.Read>();

        diff.Targets.ShouldHaveSingleItem().Differences.ShouldBe(["max-duration: 30d → 2h", "default-duration: 8h → 2h", "risk: low → medium"]);
        diff.Affected.Select(item => (item.Whose, item.Consequence)).ShouldBe(
        [
            ($"{Mallory.Name}, {DatabaseName}", "would be granted 2 hours in the place of 8 hours"),
            ($"{Alice.Name}, {DatabaseName}", "keeps its end; a longer one would be asked for by the new rule"),
        ]);
        diff.Affected[0].What.ShouldBe($"request {waiting}");
        (await Workers.Diff(Policy.None, Ct)).ShouldBeOfType<PolicyDiff.Read>().Targets.ShouldBeEmpty();
    }

    private async Task Write(string? text)
    {
        Workers.File.Text = text;
        await Follow();
    }

    private async Task<FollowedPolicy> Follow() => last = await Workers.FollowPolicy(last, Ct);
}

public sealed class SqlitePolicyTests() : PolicyTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlPolicyTests() : PolicyTests(DatabaseKind.PostgreSql);
