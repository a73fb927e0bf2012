using System.Diagnostics;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// A way through the browser that was begun in chat: an address for one account alone, a login at the directory, and what comes of it.
/// Pure; secrets come in as digests, and no row holds one.
/// </summary>
public sealed record Login
{
    /// <summary>From the command to the login, and again from the login to the code.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(10);

    public const int WrongCodes = 5;

    /// <summary>How far the directory's clock may be behind ours.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(10);

    public required LoginId Id { get; init; }

    /// <summary>Whose it is: what comes of it is this account's alone.</summary>
    public required ChatAccount Account { get; init; }

    /// <summary>As the chat platform showed it when it began.</summary>
    public required string AccountName { get; init; }

    public required string Workspace { get; init; }

    public required LoginPurpose Purpose { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required LoginState State { get; init; }

    public static Login Offer(LoginId id, ChatMember member, LoginPurpose purpose, DateTimeOffset now) => new()
    {
        Id = id,
        Account = member.Account,
        AccountName = member.Name ?? member.Account.User,
        Workspace = member.Workspace ?? member.Account.Tenant,
        Purpose = purpose,
        ExpiresAt = now + ValidFor,
        State = new LoginState.Offered(),
    };

    /// <summary>Null: the page may be shown.</summary>
    public LoginTrouble? WhyClosed(DateTimeOffset now) => State switch
    {
        LoginState.Done => LoginTrouble.Used,
        LoginState.Void gone => gone.Why,
        _ => now >= ExpiresAt ? LoginTrouble.Expired : null,
    };

    /// <summary>The button was pressed. The same browser may press it again; another may not.</summary>
    public LoginDecision Begin(string browser, DateTimeOffset now) => WhyClosed(now) is { } closed ? new LoginDecision.Refused(closed) : State switch
    {
        LoginState.Offered => new LoginDecision.Accepted(this with { State = new LoginState.Begun(browser, now) }),
        LoginState.Begun begun when begun.Browser == browser => new LoginDecision.Accepted(this with { State = new LoginState.Begun(browser, now) }),
        LoginState.Begun => new LoginDecision.Refused(LoginTrouble.OtherBrowser),
        LoginState.LoggedIn => new LoginDecision.Refused(LoginTrouble.Used),
        _ => throw new UnreachableException(),
    };

    /// <summary>What keeps this login at the directory from counting; null: nothing does.</summary>
    public LoginTrouble? Check(string browser, DirectoryLogin login, DateTimeOffset now) => WhyClosed(now) is { } closed ? closed : State switch
    {
        LoginState.Begun begun when begun.Browser != browser => LoginTrouble.OtherBrowser,
        // Whole seconds, as the directory tells it.
        LoginState.Begun begun when login.At + ClockSlack < begun.At => LoginTrouble.NotFresh,
        LoginState.Begun => null,
        LoginState.LoggedIn => LoginTrouble.Used,
        _ => LoginTrouble.Unknown,
    };

    /// <summary>The right person is there: the code that the page shows goes into chat.</summary>
    /// <param name="code">Its digest.</param>
    public Login Arrive(string browser, PersonRef person, string username, string code, DateTimeOffset now) => this with
    {
        ExpiresAt = now + ValidFor,
        State = new LoginState.LoggedIn(browser, person, username, code, 0),
    };

    /// <summary>A code that is not the one: after a few the whole way is void.</summary>
    public Login Mistype(DateTimeOffset now) => State is not LoginState.LoggedIn waiting ? this : this with
    {
        State = waiting.Wrong + 1 < WrongCodes ? waiting with { Wrong = waiting.Wrong + 1 } : new LoginState.Void(LoginTrouble.WrongCodes, now),
    };

    public Login Finish(DateTimeOffset now) => this with { State = new LoginState.Done(now) };

    public Login GiveUp(LoginTrouble why, DateTimeOffset now) => this with { State = new LoginState.Void(why, now) };
}

public abstract record LoginDecision
{
    private protected LoginDecision()
    {
    }

    public sealed record Accepted(Login Login) : LoginDecision;

    public sealed record Refused(LoginTrouble Why) : LoginDecision;
}

/// <summary>What the directory's login proved: signed by the realm, for our client, in answer to our own question.</summary>
/// <param name="At">When the person last gave their password.</param>
/// <param name="Level">The authentication context class (<c>acr</c>), where the realm says one.</param>
public sealed record DirectoryLogin(PersonId Person, DateTimeOffset At, string? Level);
