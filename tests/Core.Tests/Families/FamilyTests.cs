using ChatGovernance.TestSupport;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using static ChatGovernance.TestSupport.Builders.Entitlements;
using static ChatGovernance.TestSupport.Builders.Requests;

namespace ChatGovernance.Core.Tests.Families;

/// <summary>A switch over a closed family compiles without an arm: here each meets every member.</summary>
public sealed class FamilyTests
{
    public static TheoryData<string> RequestStates => Specimen.NamesOf<RequestState>();

    public static TheoryData<string> GrantStates => Specimen.NamesOf<GrantState>();

    public static TheoryData<string> Audiences => Specimen.NamesOf<Audience>();

    public static TheoryData<string> Answers => Specimen.NamesOf<Sent>();

    public static TheoryData<string> Lengths => Specimen.NamesOf<AccessLength>();

    [Fact]
    public void Names_of_request_states_are_words_of_their_own() => Specimen.Each<RequestState>().Select(state => state.Name).ShouldBeUnique();

    [Fact]
    public void Names_of_grant_states_are_words_of_their_own() => Specimen.Each<GrantState>().Select(state => state.Name).ShouldBeUnique();

    [Theory, MemberData(nameof(RequestStates))]
    public void Every_transition_answers_in_every_state_of_a_request(string name)
    {
        var request = ARequest().Pending() with { State = Specimen.Named<RequestState>(name) };
        if (request.State is RequestState.Pending)
            request = request with { State = new RequestState.Pending(0, Some.Now, Some.Now + Some.Days(7)) };
        var vote = ARequest().Pending().WithVote(Some.Bob).Votes[0];

        Should.NotThrow(() =>
        {
            request.Open(Some.Alice, Some.Alice, Some.Rule(), Some.NoPrivileges, Some.Now);
            request.Refuse(new Refusal.NotOffered(), Some.Now);
            request.Lapse(Some.Now);
            request.Cast(KnownIds.Number(1), Some.AccountOf(Some.Bob), Approvals.Choice.Deny, null, Some.Now);
            (request with { Votes = [vote] }).Count(vote, MayDecide(Some.Bob), Some.Now);
            request.Cancel(Some.AccountOf(Some.Alice), Some.Now);
            request.Nudge(Some.AccountOf(Some.Alice), Some.Now);
            request.AskAgain();
            _ = request.DueAt;
            request.Outcome();
        });
    }

    [Theory, MemberData(nameof(RequestStates))]
    public void Every_reader_sees_every_state_of_a_request(string name)
    {
        var request = ARequest().Pending() with { State = Specimen.Named<RequestState>(name) };

        RequestMessages.Decide(request, Some.AccountOf(Some.Bob), null).Title.ShouldNotBeEmpty();
        RequestMessages.Follow(request, null).Title.ShouldNotBeEmpty();
        RequestMessages.Audit(request, null).Title.ShouldNotBeEmpty();
        (RequestMessages.Decide(request, Some.AccountOf(Some.Bob), null).Actions.Count > 0).ShouldBe(request.State is RequestState.Pending);
        (request.State is RequestState.Denied or RequestState.Lapsed or RequestState.Refused).ShouldBe(RequestMessages.OutcomeNote(request) is not null);
    }

    [Theory, MemberData(nameof(GrantStates))]
    public void Every_reader_sees_every_state_of_a_grant(string name)
    {
        var request = ARequest().Pending().ApprovedBy(Some.Bob);
        var grant = AGrant(Specimen.Named<GrantState>(name));

        RequestMessages.Decide(request, Some.AccountOf(Some.Bob), grant).Small.ShouldNotBeNullOrEmpty();
        RequestMessages.Follow(request, grant).Small.ShouldNotBeNullOrEmpty();
        RequestMessages.Audit(request, grant).Small.ShouldNotBeNullOrEmpty();
    }

    [Theory, MemberData(nameof(GrantStates))]
    public void Only_a_confirmed_grant_is_called_granted(string name)
    {
        var grant = AGrant(Specimen.Named<GrantState>(name));
        var small = RequestMessages.Follow(ARequest().Pending().ApprovedBy(Some.Bob), grant).Small!;

        small.StartsWith("Granted", StringComparison.Ordinal).ShouldBe(grant.State is GrantState.Active);
    }

    [Theory, MemberData(nameof(GrantStates))]
    public void An_entitlement_answers_in_every_state_of_a_grant(string name)
    {
        var entitlement = AnEntitlement(AGrant(Specimen.Named<GrantState>(name)));

        entitlement.Next(Some.Now).ShouldNotBeNull();
        if (entitlement.Grants[0].State.IsOver)
            entitlement.DueAt.ShouldBeNull();
        else
            entitlement.DueAt.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Audiences))]
    public void Every_audience_is_read_back_as_it_was_written(string name)
    {
        var audience = Specimen.Named<Audience>(name);

        Audience.Parse(audience.ToString()).ShouldBe(audience);
        audience.Platform.ShouldBe(ChatPlatform.Slack);
    }

    [Theory, MemberData(nameof(Answers))]
    public void Every_answer_of_a_platform_has_its_policy(string name)
    {
        var sent = Specimen.Named<Sent>(name);

        SendPolicy.Code(sent).ShouldNotBeEmpty();
        SendPolicy.Again(sent, 0, Some.Now).ShouldBeGreaterThan(Some.Now);
        SendPolicy.GivesUp(sent, new Audience.AuditChannel(ChatPlatform.Slack), 100).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Every_kind_of_length_is_limited_and_has_an_end(string name)
    {
        var length = Specimen.Named<AccessLength>(name);
        var grant = AGrant(Waiting(), length: length);

        Some.Rule().Limit(length).ShouldNotBeNull();
        (grant.EndFrom(Some.Now) is null).ShouldBe(length is AccessLength.WithoutEnd);
    }
}
