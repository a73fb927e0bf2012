using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A change that the directory keeps waiting is shown to those whom it concerns, not to the security team alone.</summary>
public abstract class HeldUpTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private const string Refused = "Keycloak does not let the bot do this";

    [Fact]
    public async Task What_keeps_a_grant_waiting_is_on_every_copy_of_the_request_and_on_the_holders_page()
    {
        await OpenHome();
        var request = await Ask();
        Directory.Fate = ChangeFate.Rejected;
        await Vote(request, Bob);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Started>();
        foreach (var copy in Copies())
            copy.ShouldStartWith($"Not set up in Keycloak yet, tried since 2027-01-04 09:00:00 UTC. {Refused}");
        Status().ShouldStartWith("is being set up, for ");
        Status().ShouldContain(Refused);

        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(6));
        foreach (var copy in Copies())
            copy.ShouldStartWith("Granted, until");
        OnHome().Facts.ShouldNotContain(fact => fact.Label == "Status");
    }

    [Fact]
    public async Task An_end_that_is_overdue_says_since_when_and_why_until_it_is_made()
    {
        await OpenHome();
        await AskAndApprove("1h");
        Directory.Fate = ChangeFate.Rejected;
        await Pass(Hours(3));

        foreach (var copy in Copies())
            copy.ShouldStartWith($"Should have ended 2027-01-04 10:00:00 UTC: its time is over. {Refused}");
        OnHome().Facts.ShouldContain(new Fact("Should have ended", Now + Hours(1)));
        // Drawn again with each word to the security team.
        Status().ShouldStartWith("is being taken away, 1 hour ");
        Status().ShouldContain($"late. {Refused}");

        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(6));
        foreach (var copy in Copies())
            copy.ShouldStartWith("Ended ");
        Home().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_holders_page_says_that_the_end_has_begun_before_the_directory_is_asked()
    {
        await OpenHome();
        await AskAndApprove("1h");
        Clock.Advance(Hours(1));
        await Workers.WorkOn(WorkKind.Entitlement, Ct);
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Workers.WorkOn(WorkKind.Card, Ct);

        Status().ShouldBe("is being taken away");
    }

    [Fact]
    public async Task An_end_that_begins_late_is_late_since_its_planned_end()
    {
        var request = await AskAndApprove("1h");
        Directory.Fate = ChangeFate.Rejected;
        Clock.Advance(Hours(5));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>().EndedAt.ShouldBe(Now + Hours(1));
        Copies().ShouldAllBe(copy => copy.StartsWith("Should have ended 2027-01-04 10:00:00 UTC", StringComparison.Ordinal));
    }

    private async Task OpenHome()
    {
        await Press(new Command.ShowHome(AccountOf(Alice)));
        await Work();
    }

    /// <summary>The small print of the requester's, the approvers' and the audit channel's copies.</summary>
    private IReadOnlyList<string> Copies()
    {
        IReadOnlyList<string> copies =
        [
            .. new[] { Alice, Bob, Carol }.Select(person => Chat.To(AccountOf(person))[0].Message.Small.ShouldNotBeNull()),
            Chat.InAuditChannel.Single(message => message.Thread is null).Message.Small.ShouldNotBeNull(),
        ];
        return copies;
    }

    private HomeSection Home() => Chat.Homes[AccountOf(Alice)].Sections.Single(section => section.Title == "What you hold");

    private HomeItem OnHome() => Home().Items.ShouldHaveSingleItem();

    private string Status() => OnHome().Facts.Single(fact => fact.Label == "Status").Value.ShouldBeOfType<FactValue.Words>().Text;
}

public sealed class SqliteHeldUpTests() : HeldUpTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlHeldUpTests() : HeldUpTests(DatabaseKind.PostgreSql);
