using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Logins;

/// <summary>How far a person has come on the way through the browser. Nothing leads out of the last two.</summary>
public abstract record LoginState
{
    private protected LoginState()
    {
    }

    /// <summary>The address was said; nobody has pressed the page's button.</summary>
    public sealed record Offered : LoginState;

    /// <summary>Sent to the directory's login.</summary>
    /// <param name="Browser">Digest of the secret that this browser alone holds.</param>
    public sealed record Begun(string Browser, DateTimeOffset At) : LoginState;

    /// <summary>Logged in; the page shows a code that is to be typed into chat.</summary>
    /// <param name="Code">Its digest.</param>
    /// <param name="Wrong">Codes that were typed and are not it.</param>
    public sealed record LoggedIn(string Browser, PersonRef Person, string Username, string Code, int Wrong) : LoginState;

    /// <param name="Browser">In which it was, where the page tells it.</param>
    public sealed record Done(DateTimeOffset At, string? Browser = null) : LoginState;

    public sealed record Void(LoginTrouble Why, DateTimeOffset At) : LoginState;

    public bool IsOpen => this is Offered or Begun or LoggedIn;
}
