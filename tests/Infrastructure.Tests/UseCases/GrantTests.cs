using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>From the approval to the confirmed grant, and what can come between.</summary>
public abstract class GrantTests(DatabaseKind kind) : UseCaseTests(kind)
{
    public static TheoryData<string> Reads =>
        [nameof(IDirectory.ReadIdentity), nameof(IDirectory.ReadPerson), nameof(IDirectory.ReadTarget), nameof(IDirectory.FindGroup), nameof(IDirectory.Holds), nameof(IDirectory.Assign)];

    [Fact]
    public async Task The_clock_starts_when_the_directory_confirms()
    {
        Directory.Doubts = call => call == nameof(IDirectory.Assign) ? Core.Doubt.Away : null;
        var request = await AskAndApprove();
        await Pass(Hours(1));
        DirectoryIsBack();
        await Pass(Minutes(6));

        var active = (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        active.Since.ShouldBeGreaterThan(Now + Hours(1));
        active.EndsAt.ShouldBe(active.Since + Hours(8));
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task Invariant_6_granted_is_said_once_and_only_after_the_read_back_whatever_call_fails_first(string failing)
    {
        var request = await Ask();
        await Vote(request, Bob);
        Directory.Doubts = call => call == failing ? Core.Doubt.Away : null;
        await Pass(Minutes(3));
        Told(Alice, "Granted").ShouldBe(0);

        DirectoryIsBack();
        await Pass(Minutes(6));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Granted").ShouldBe(1);
    }

    [Theory]
    [InlineData(ChangeFate.AnswerLost)]
    [InlineData(ChangeFate.RequestLost)]
    [InlineData(ChangeFate.Ignored)]
    [InlineData(ChangeFate.Rejected)]
    public async Task Invariant_6_what_became_of_a_change_is_read_and_not_believed(ChangeFate fate)
    {
        Directory.Fate = fate;
        var request = await AskAndApprove();
        (await GrantOf(request) is GrantState.Active).ShouldBe(fate == ChangeFate.AnswerLost);
        Told(Alice, "Granted").ShouldBe(fate == ChangeFate.AnswerLost ? 1 : 0);

        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(1));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(Alice, "Granted").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_3_an_end_is_stored_before_the_first_change_is_sent()
    {
        GrantState? seen = null;
        var request = await Ask();
        Directory.AfterEffect = async () => seen = await GrantOf(request);
        await Vote(request, Bob);
        await Work();

        seen.ShouldBeOfType<GrantState.Started>().EndsAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Invariant_3_what_an_attempt_has_read_is_read_anew_once_somebody_has_written_between_its_steps()
    {
        var request = await Ask();
        Commits.Before = async changes =>
        {
            if (changes.Entitlement?.Value.Grants[0].State is not GrantState.Started || !Directory.Enabled(Alice))
                return;
            Directory.Change(Alice, person => person with { Enabled = false });
            var loaded = (await Store.Entitlements.Find(Alice.Id, Database, Ct)).ShouldNotBeNull();
            await Store.Commits.Commit(new Changes { Entitlement = loaded }, Ct);
        };
        await Vote(request, Bob);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBe(new GrantFailure.NotAllowed(new Refusal.PersonDisabled()));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task An_attempt_reads_once_what_all_its_steps_rest_on()
    {
        var request = await Ask();
        var before = Directory.Calls.ToDictionary();
        await Vote(request, Bob);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        // Once for the vote, and once for the change.
        foreach (var call in new[] { nameof(IDirectory.ReadIdentity), nameof(IDirectory.ReadPerson), nameof(IDirectory.ReadTarget) })
            Since(call).ShouldBe(2, call);
        // Before the change, and the read-back.
        Since(nameof(IDirectory.Holds)).ShouldBe(2);
        Directory.ChangesSent.ShouldBe(1);

        int Since(string call) => Directory.Calls[call] - before.GetValueOrDefault(call);
    }

    [Fact]
    public async Task Invariant_3_nothing_is_given_to_somebody_who_was_disabled_after_the_vote()
    {
        var request = await ApprovedButNotMade();
        Directory.Change(Alice, person => person with { Enabled = false });
        DirectoryIsBack();
        await Pass(Minutes(6));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBe(new GrantFailure.NotAllowed(new Refusal.PersonDisabled()));
        Directory.ChangesSent.ShouldBe(0);
        Told(Alice, "You did not get").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_3_nothing_is_given_when_the_target_is_gone_after_the_vote()
    {
        var request = await ApprovedButNotMade();
        Directory.Delete(Database);
        DirectoryIsBack();
        await Pass(Minutes(6));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBe(new GrantFailure.NotAllowed(new Refusal.TargetGone()));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_3_nothing_is_given_when_it_has_become_administrative_after_the_vote()
    {
        var request = await ApprovedButNotMade();
        Directory.Add(Targets.ATarget() with { Privileges = new Privileges(["admin"], Administrative: true) });
        DirectoryIsBack();
        await Pass(Minutes(6));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>();
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task A_rule_that_was_tightened_between_vote_and_change_applies()
    {
        var request = await ApprovedButNotMade();
        Directory.Add(Targets.ATarget(("max-duration", "30m")));
        DirectoryIsBack();
        await Pass(Minutes(6));

        var active = (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        active.EndsAt.ShouldBe(active.Since + Minutes(30));
    }

    [Fact]
    public async Task A_start_that_could_not_be_made_in_a_day_fails_visibly_and_leaves_nothing()
    {
        var request = await ApprovedButNotMade();
        await Pass(Minutes(5));
        Clock.Advance(Hours(24));
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBe(new GrantFailure.OutOfTime(Core.Doubt.Away));
        Told(Alice, "You did not get").ShouldBe(1);
        AuditLines.ShouldContain(line => line.StartsWith("Waiting since", StringComparison.Ordinal));

        DirectoryIsBack();
        await Pass(Hours(1));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_4_a_change_that_was_never_confirmed_is_taken_back()
    {
        Directory.Doubts = call => call == nameof(IDirectory.Holds) && Directory.Calls.ContainsKey(nameof(IDirectory.Assign)) ? Core.Doubt.Away : null;
        var request = await AskAndApprove("30m");
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Pass(Hours(1));
        DirectoryIsBack();
        await Pass(Minutes(6));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>();
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Granted").ShouldBe(0);
        (await EntitlementOf(Alice)).Tenure.ShouldBeNull();
    }

    [Fact]
    public async Task Invariant_10_an_unreadable_answer_gives_nothing()
    {
        Directory.Doubts = call => call == nameof(IDirectory.ReadTarget) && Directory.Calls.ContainsKey(nameof(IDirectory.ReadMembers)) ? Core.Doubt.Unreadable : null;
        var request = await Ask();
        await Vote(request, Bob);
        await Pass(Minutes(10));

        await StateOf<RequestState.Pending>(request);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Another_realm_under_the_same_name_gets_and_loses_nothing()
    {
        var first = await AskAndApprove("30m");
        Directory.RealmId = "realm-2";
        await Pass(Hours(1));

        (await GrantOf(first)).ShouldBeOfType<GrantState.Ending>();
        Directory.Has(Alice, Database).ShouldBeTrue();

        Directory.RealmId = "realm-1";
        await Pass(Minutes(6));
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    /// <summary>Approved while every change and every look at what is held fails.</summary>
    private async Task<RequestId> ApprovedButNotMade()
    {
        Directory.Doubts = call => call is nameof(IDirectory.Holds) ? Core.Doubt.Away : null;
        var request = await AskAndApprove();
        await StateOf<RequestState.Approved>(request);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Waiting>();
        return request;
    }
}

public sealed class SqliteGrantTests() : GrantTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlGrantTests() : GrantTests(DatabaseKind.PostgreSql);
