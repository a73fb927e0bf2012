using System.Diagnostics;

namespace ChatGovernance.Core.Logins;

/// <summary>The words for what goes wrong on the way through the browser, and what to do next.</summary>
public static class LoginSentences
{
    public static string For(LoginTrouble why) => why switch
    {
        LoginTrouble.Unknown => $"There is nothing at this address. {Anew}",
        LoginTrouble.Expired => $"This has expired. {Anew}",
        LoginTrouble.Used => "This has been used already. Nothing more was changed.",
        LoginTrouble.Replaced => "A newer address has taken the place of this one. Use the newest one in your chat.",
        LoginTrouble.OtherBrowser => $"This was begun in another browser, and goes on only there. {Anew}",
        LoginTrouble.GivenUp => "The login was not finished. Nothing was changed; you can try again.",
        LoginTrouble.NotProved => "What Keycloak answered does not prove who logged in. Nothing was changed; tell a Keycloak administrator.",
        LoginTrouble.NotFresh => "Keycloak did not ask you to log in this time, so it proves nothing. Try again; if it happens again, tell a Keycloak administrator: the clocks of Keycloak and of the bot may differ.",
        LoginTrouble.NotUsable => "This Keycloak account cannot be used here: it is disabled, or it is not a person's. Log out of Keycloak and try again as yourself, or ask a Keycloak administrator.",
        LoginTrouble.PersonLinked => "This Keycloak account is connected with another chat account of this workspace. Type /request-access unlink there first, or ask a Keycloak administrator.",
        LoginTrouble.AccountLinked => "This chat account is connected with a Keycloak account already. Type /request-access unlink first if it is the wrong one.",
        LoginTrouble.ProvedOtherwise => "This chat account is proved to belong to another Keycloak account, so it cannot be connected with this one. Ask a Keycloak administrator to correct this.",
        LoginTrouble.WrongCodes => $"The code was wrong {Login.WrongCodes} times, so it is void. {Anew}",
        LoginTrouble.OtherPerson => "Somebody else logged in than the one whose decision this is, so it is not confirmed. Log out of Keycloak, then try again as yourself.",
        LoginTrouble.TooWeak => "This decision needs a stronger login than the one that was made. Try again with the second factor that Keycloak asks for; if it asks for none, tell a Keycloak administrator.",
        LoginTrouble.Decided => "There is nothing to confirm any more: the request is decided, or this decision was dropped. Your chat says which.",
        LoginTrouble.Away => "Keycloak, or the chat platform, does not answer now. Nothing was changed; please try again in a moment.",
        _ => throw new UnreachableException(),
    };

    /// <summary>No login is waiting for a code from this account.</summary>
    public const string NoCodeExpected =
        "No code is expected from your chat account. A code works only where the command was typed that the address came from: "
        + "if somebody sent you an address or asks you for a code, tell your security team, and give the code to nobody.";

    public const string NotACode = "The code has eight digits, as in /request-access link 1234-5678.";

    private const string Anew = "Go back to your chat for a new one: type the command, or press the button, again.";
}
