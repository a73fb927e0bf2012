using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Bot.Tests.Slack.WebApi;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

/// <summary>What people do in a workspace arrives as the command that it means.</summary>
public sealed class WorkspaceIngressTests : SlackChatTest
{
    [Fact]
    public async Task Help_is_shown_to_the_one_who_asked()
    {
        var result = await Alice.Types("/request-access help", Ct);

        result.Error.ShouldBeNull();
        result.Answer!.OnlyFor.ShouldBe(Alice.Id);
        result.Answer.AllText.ShouldContain("/request-access status");
    }

    [Fact]
    public async Task A_command_that_is_not_taken_says_so()
    {
        Bot.Inbox.Trouble = new InvalidOperationException("database is away");

        (await Alice.Types("/request-access", Ct)).Answer!.AllText.ShouldContain("try again");
    }

    [Fact]
    public async Task A_command_is_answered_in_time_although_the_database_hangs()
    {
        Bot.Inbox.Hangs = true;
        var typed = Alice.Types("/request-access", Ct);
        await Bot.Inbox.Hung;
        Clock.Advance(StoreDelivery.Within);

        (await typed).Answer!.AllText.ShouldContain("try again");
    }

    [Fact]
    public async Task A_form_is_searched_picked_corrected_and_sent()
    {
        await Alice.Types("/request-access", Ct);
        await Chat.OpenForm(Read<Command.OpenRequestForm>().Trigger, Samples.Forms["form-empty"], Ct);
        var modal = Alice.Modal!;

        var found = await modal.Searches("target", "data", Ct);
        (await modal.Picks("target", found.Options.ShouldHaveSingleItem(), Ct)).Trouble.ShouldBeNull();
        var pick = Read<Command.PickTarget>();
        pick.View.ShouldBe(modal.Id);
        pick.Input[Fields.Target].ShouldBe(FixedCatalog.Production.Target.ToString());

        modal.Writes("justification", "short");
        (await modal.Submits(Ct)).Errors.Keys.ShouldBe(["justification"]);
        modal.Writes("justification", "Looking into the failed backup");
        (await modal.Submits(Ct)).Closed.ShouldBeTrue();
        modal.IsOpen.ShouldBeFalse();
        Read<Command.SubmitRequest>().Input[Fields.Duration].ShouldBe("8h");
    }

    [Fact]
    public async Task Buttons_of_a_message_vote_or_ask_why()
    {
        await Posted(To(Alice), Samples.Messages["decide-pending"]);
        var message = Workspace.Messages[0];

        (await Alice.Clicks(message, "Approve", Ct)).Trouble.ShouldBeNull();
        var vote = Read<Command.CastVote>();
        (await Alice.Clicks(message, "Deny", Ct)).Trouble.ShouldBeNull();
        var opened = Read<Command.OpenDenyForm>();
        await Chat.OpenForm(opened.Trigger, Samples.Forms["form-deny"], Ct);
        Alice.Modal!.Writes("reason", "Use the replica");
        (await Alice.Modal.Submits(Ct)).Closed.ShouldBeTrue();

        vote.Choice.ShouldBe(Choice.Approve);
        Read<Command.CastVote>().ShouldBe(vote with { Choice = Choice.Deny, Reason = "Use the replica" });
    }

    [Fact]
    public async Task The_home_is_asked_for_and_an_event_that_was_put_off_comes_again()
    {
        Bot.Inbox.Trouble = new InvalidOperationException("database is away");
        (await Alice.OpensHome(Ct)).Trouble.ShouldBe("dispatch_failed");

        Bot.Inbox.Trouble = null;
        (await Alice.OpensHome(Ct)).Trouble.ShouldBeNull();
        Read<Command.ShowHome>().By.ShouldBe(Account(Alice));
    }

    private T Read<T>()
        where T : Command => Bot.Read(Bot.Inbox.Stored.Count - 1).ShouldBeOfType<T>();
}
