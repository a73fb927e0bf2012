namespace ChatGovernance.Core.Logins;

/// <summary>Why a way through the browser does not go on. Each has its own sentence.</summary>
public enum LoginTrouble
{
    /// <summary>No address of ours.</summary>
    Unknown,

    Expired,

    /// <summary>Its work is done.</summary>
    Used,

    /// <summary>A newer one has taken its place.</summary>
    Replaced,

    /// <summary>Another browser has begun, or this one has lost what tells it from others.</summary>
    OtherBrowser,

    /// <summary>The person, or the directory, ended the login.</summary>
    GivenUp,

    /// <summary>What the directory's login brought proves nothing.</summary>
    NotProved,

    /// <summary>The directory did not ask for a password this time.</summary>
    NotFresh,

    /// <summary>A disabled account, a service account or the bot's own.</summary>
    NotUsable,

    /// <summary>The directory account is connected with another chat account of this workspace.</summary>
    PersonLinked,

    /// <summary>The chat account is connected already.</summary>
    AccountLinked,

    /// <summary>Another source proves that the chat account is somebody else's.</summary>
    ProvedOtherwise,

    /// <summary>Too many wrong codes.</summary>
    WrongCodes,

    /// <summary>Somebody else logged in than the one whose decision it is.</summary>
    OtherPerson,

    /// <summary>The login was not of the kind that is asked for.</summary>
    TooWeak,

    /// <summary>What was to be confirmed is decided, dropped or gone.</summary>
    Decided,

    /// <summary>The directory or the chat platform does not answer.</summary>
    Away,
}
