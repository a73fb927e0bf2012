using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// The steps of a way through the browser. Each is one transaction, and any replica takes any of them; after a crash the browser
/// comes again and finds what was saved. Browsers and codes come in as digests.
/// </summary>
public sealed class BrowserLogin(ILogins logins, ILinks links, AccessChecks checks, ICommits commits, TimeProvider time)
{
    /// <summary>What the first page names. It changes nothing: whoever previews the address uses nothing up.</summary>
    public async Task<LoginDecision> Look(LoginId id, CancellationToken ct) => await logins.Load(id, ct) switch
    {
        null => new LoginDecision.Refused(LoginTrouble.Unknown),
        { Value: var login } when login.WhyClosed(time.GetUtcNow()) is { } closed => new LoginDecision.Refused(closed),
        { Value: var login } => new LoginDecision.Accepted(login),
    };

    /// <summary>The button was pressed.</summary>
    public Task<LoginDecision> Begin(LoginId id, string browser, CancellationToken ct) => Step(id, (login, now) =>
    {
        var decision = login.Value.Begin(browser, now);
        return Task.FromResult((decision, decision is LoginDecision.Accepted accepted ? new Changes { Logins = [login with { Value = accepted.Login }] } : null));
    }, ct);

    /// <summary>The directory's login has ended well. A second time, as after a reload, changes nothing.</summary>
    /// <param name="code">Digest of the code that this browser shows.</param>
    public Task<LoginDecision> Arrive(LoginId id, string browser, DirectoryLogin at, string code, CancellationToken ct) => Step(id, async (login, now) =>
    {
        if (login.Value.State is LoginState.LoggedIn before && before.Browser == browser && before.Person.Id == at.Person)
            return (new LoginDecision.Accepted(login.Value), null);
        if (login.Value.Check(browser, at, now) is { } trouble)
            return (new LoginDecision.Refused(trouble), null);

        switch (await checks.CheckForLink(links, at.Person, login.Value.Account, ct))
        {
            case LinkCheck.Refused refused:
                return (new LoginDecision.Refused(refused.Why), refused.Why == LoginTrouble.Away ? null : new Changes
                {
                    Audit = [LinkAudit.Refused(login.Value.Account, refused.Why, now)],
                });
            case LinkCheck.Fine { Person: var person }:
                var arrived = login.Value.Arrive(browser, person.Ref, person.Username, code, now);
                return (new LoginDecision.Accepted(arrived), new Changes
                {
                    Logins = [login with { Value = arrived }],
                    Audit = [LinkAudit.LoggedIn(login.Value.Account, person.Ref, now)],
                });
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }, ct);

    private async Task<LoginDecision> Step(LoginId id, Func<Versioned<Login>, DateTimeOffset, Task<(LoginDecision Decision, Changes? Changes)>> step, CancellationToken ct)
    {
        for (var conflicts = 0; conflicts < Conflicts.AtMost; conflicts++)
        {
            if (await logins.Load(id, ct) is not { } login)
                return new LoginDecision.Refused(LoginTrouble.Unknown);
            var (decision, changes) = await step(login, time.GetUtcNow());
            if (changes is null || await commits.Commit(changes, ct) == CommitResult.Saved)
                return decision;
        }

        return new LoginDecision.Refused(LoginTrouble.Away);
    }
}
