using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>What people do and see in Teams, beside the others in Slack.</summary>
public abstract class TeamsTest(TeamsDeployment deployment) : JourneyTest(deployment)
{
    protected TeamsTenant Tenant => deployment.Tenant;

    protected TeamsPerson TeamsAlice => deployment.TeamsPerson("alice");

    protected TeamsPerson TeamsBob => deployment.TeamsPerson("bob");

    protected TeamsPerson TeamsCarol => deployment.TeamsPerson("carol");

    /// <summary>Everybody has the app, and the bot is where the audit is read.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Tenant.BotUrl = deployment.Bot.Url;
        foreach (var user in Tenant.People.Where(user => Tenant.Messages(TeamsTenant.ConversationOf(user), user).Count == 0))
        {
            var person = deployment.TeamsPerson(user.Name);
            (await person.Installs(Ct)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
            await person.Sees("My access", Ct);
        }

        if (Tenant.Messages(TeamsTenant.AuditConversation, null).Count == 0)
            (await TeamsAlice.Send(TeamsAlice.Activity("conversationUpdate", TeamsTenant.AuditConversation), Ct)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    /// <summary>Types the command, fills the form and sends it.</summary>
    protected static async Task Asks(TeamsPerson who, string target, string? duration = null, string reason = Reason)
    {
        var form = await Form(who, target);
        (string, string)[] entered = duration is null ? [("justification", reason)] : [("justification", reason), ("duration", duration)];
        var sent = await who.Clicks(form, "Send", Ct, entered);
        sent.InnerStatus.ShouldBe(200, sent.Body);
        sent.Card.ShouldNotBeNull(sent.Body);
        CardReader.Texts(sent.Card!.Value).ShouldHaveSingleItem().ShouldStartWith("Taken.");
    }

    /// <summary>The form in the chat, with the target picked.</summary>
    protected static async Task<TeamsMessage> Form(TeamsPerson who, string target)
    {
        var after = Newest(who);
        (await who.Types($"request access {target}", Ct)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var form = await who.Sees(m => IsAfter(m, after) && m.Buttons.Any(button => button.Text == "Send"), Ct);
        form.Inputs["target"].ShouldNotBeEmpty($"{target} is not offered, or there are several");
        return form;
    }

    /// <summary>Asks, and waits for the copies of both approvers.</summary>
    protected static async Task<(TeamsMessage Bobs, TeamsMessage Carols)> AsksBoth(TeamsPerson who, TeamsPerson bob, TeamsPerson carol, string target, string? duration = null)
    {
        var (bobs, carols) = (Newest(bob), Newest(carol));
        await Asks(who, target, duration);
        return (await Question(bob, who.User.RealName, target, bobs), await Question(carol, who.User.RealName, target, carols));
    }

    /// <summary>An approver's copy with buttons, posted after another message.</summary>
    protected static Task<TeamsMessage> Question(TeamsPerson approver, string requester, string target, string after = "") =>
        approver.Sees(m => IsAfter(m, after) && m.Summary == $"{requester} asks for {target}" && m.Buttons.Any(button => button.Text == "Approve"), Ct);

    /// <summary>A message once it shows something else.</summary>
    protected static Task<TeamsMessage> Becomes(TeamsPerson person, TeamsMessage message, Func<TeamsMessage, bool> fits) =>
        person.Sees(m => m.Id == message.Id && fits(m), Ct);

    protected static bool IsClosed(TeamsMessage message) => message.Buttons.All(button => button.Text is not ("Approve" or "Deny" or "Shorten"));

    protected static string Newest(TeamsPerson person) => person.Messages is [.., var last] ? last.Id : "";

    protected static Task<TeamsMessage> Told(TeamsPerson person, string text, string after = "") =>
        person.Sees(m => IsAfter(m, after) && m.AllText.Contains(text, StringComparison.Ordinal), Ct);

    protected static string Subject(TeamsMessage question) => $"request:{question.Buttons.Single(button => button.Text == "Approve").Value}";

    private static bool IsAfter(TeamsMessage message, string id) => string.CompareOrdinal(message.Id, id) > 0;
}
