using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>What people are told about links, each to one account alone.</summary>
internal static class LinkMessages
{
    public static Note Offer(Login login, StoredDelivery delivery) => new()
    {
        Key = $"link-offer:{delivery.Id}",
        Subject = Subject.Of(login.Account),
        Audience = new Audience.Person(login.Account),
        Message = new ChatMessage
        {
            Title = "Connect your Keycloak account",
            Lines =
            [
                "Open the page, log in to Keycloak there, and type the code that it shows into this chat.",
                $"It is for you alone and good until {login.ExpiresAt.UtcDateTime:HH:mm} UTC. If you did not ask for this, do nothing.",
            ],
            Actions = [new ChatAction("Log in to Keycloak", new ChatIntent.LogIn(login.Id), ActionStyle.Primary)],
        },
    };

    public static Note Refused(ChatAccount account, StoredDelivery delivery, string sentence) =>
        RequestChanges.Tell(account, $"link-refused:{delivery.Id}", Subject.Of(account), "Your account was not connected", sentence);

    public static Note NotDone(ChatAccount account, StoredDelivery delivery, string sentence) =>
        RequestChanges.Tell(account, $"link-refused:{delivery.Id}", Subject.Of(account), "Nothing was changed", sentence);

    /// <param name="others">Other accounts that are proved to be the person's.</param>
    public static IReadOnlyList<Note> Made(Link link, Login login, IEnumerable<ChatAccount> others) =>
    [
        RequestChanges.Tell(
            link.Account, $"linked:{link.Id}:{link.Account}", Subject.Of(link.Account),
            $"Your chat account is connected with {link.Person.Name} ({link.Username})",
            "What you ask for and decide here counts as theirs. Type /request-access unlink to end this."),
        .. others.Select(other => RequestChanges.Tell(
            other, $"linked:{link.Id}:{other}", Subject.Of(other),
            $"Another chat account is connected with your Keycloak account {link.Username}",
            $"It is {login.AccountName} in {login.Workspace} ({link.Account}). If that was not you, tell your security team at once.")),
    ];

    public static IReadOnlyList<Note> Ended(Link link, PersonRef by, IEnumerable<ChatAccount> others) =>
    [
        RequestChanges.Tell(
            link.Account, $"unlinked:{link.Id}:{link.Account}", Subject.Of(link.Account),
            $"Your chat account is no longer connected with {link.Person.Name} ({link.Username})",
            $"{by.Name} has ended it. Type /request-access link to connect a Keycloak account."),
        .. others.Select(other => RequestChanges.Tell(
            other, $"unlinked:{link.Id}:{other}", Subject.Of(other),
            $"A chat account is no longer connected with your Keycloak account {link.Username}", $"It is {link.Account}; {by.Name} has ended it.")),
    ];
}
