using System.Diagnostics;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>
/// The steps of a way through the browser. Each is one transaction, and any replica takes any of them; after a crash the browser
/// comes again and finds what was saved. Browsers and codes come in as digests.
/// </summary>
public sealed class BrowserLogin(
    ILogins logins, ILinks links, IRequests requests, Identities identities, AccessChecks checks, LoginAvailability availability, ICommits commits, TimeProvider time)
{
    /// <summary>What the first page names. It changes nothing: whoever previews the address uses nothing up.</summary>
    public async Task<LoginPage> Look(LoginId id, CancellationToken ct)
    {
        if (await logins.Load(id, ct) is not { Value: var login })
            return new LoginPage.Refused(LoginTrouble.Unknown);
        if (login.State is LoginState.Done { Browser: { } browser })
            return new LoginPage.Confirmed(browser);
        if (login.WhyClosed(time.GetUtcNow()) is { } closed)
            return new LoginPage.Refused(closed);
        if (login.Purpose is not LoginPurpose.Confirm confirm)
            return new LoginPage.ForLink(login);
        return await requests.Load(confirm.Request, ct) is { Value: var request } && request.Unconfirmed.FirstOrDefault(v => v.Id == confirm.Vote) is { } vote
            ? new LoginPage.ForDecision(login, request, vote)
            : new LoginPage.Refused(LoginTrouble.Decided);
    }

    /// <summary>The button was pressed.</summary>
    public Task<LoginDecision> Begin(LoginId id, string browser, CancellationToken ct) => Step(id, (login, now) =>
    {
        var decision = login.Value.Begin(browser, now);
        return Task.FromResult((decision, decision is LoginDecision.Accepted accepted ? new Changes { Logins = [login with { Value = accepted.Login }] } : null));
    }, ct);

    /// <summary>The directory's login has ended well. A second time, as after a reload, changes nothing.</summary>
    /// <param name="code">Digest of the code that this browser would show.</param>
    public Task<LoginDecision> Arrive(LoginId id, string browser, DirectoryLogin at, string code, CancellationToken ct) => Step(id, async (login, now) =>
    {
        if (login.Value.State is LoginState.LoggedIn before && before.Browser == browser && before.Person.Id == at.Person)
            return (new LoginDecision.Accepted(login.Value), null);
        if (login.Value.State is LoginState.Done { Browser: { } done } && done == browser)
            return (new LoginDecision.Accepted(login.Value), null);
        if (login.Value.Check(browser, at, now) is { } trouble)
            return (new LoginDecision.Refused(trouble), null);

        return login.Value.Purpose switch
        {
            LoginPurpose.Link => await ArriveToLink(login, browser, at, code, now, ct),
            LoginPurpose.Confirm confirm => await ArriveToConfirm(login, confirm, browser, at, now, ct),
            _ => throw new UnreachableException(),
        };
    }, ct);

    private async Task<(LoginDecision, Changes?)> ArriveToLink(Versioned<Login> login, string browser, DirectoryLogin at, string code, DateTimeOffset now, CancellationToken ct)
    {
        switch (await checks.CheckForLink(links, at.Person, login.Value.Account, ct))
        {
            case LinkCheck.Refused { Why: LoginTrouble.Away }:
                return (new LoginDecision.Refused(LoginTrouble.Away), null);
            case LinkCheck.Refused refused:
                return (new LoginDecision.Refused(refused.Why), new Changes { Audit = [LinkAudit.Refused(login.Value.Account, refused.Why, now)] });
            case LinkCheck.Fine { Person: var person }:
                var arrived = login.Value.Arrive(browser, person.Ref, person.Username, code, now);
                return (new LoginDecision.Accepted(arrived), new Changes
                {
                    Logins = [login with { Value = arrived }],
                    Audit = [LinkAudit.LoggedIn(login.Value.Account, person.Ref, now)],
                });
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whose decision it is is asked anew: the login must be of the very person that the chat account is proved to be.</summary>
    private async Task<(LoginDecision, Changes?)> ArriveToConfirm(
        Versioned<Login> login, LoginPurpose.Confirm confirm, string browser, DirectoryLogin at, DateTimeOffset now, CancellationToken ct)
    {
        if (await requests.Load(confirm.Request, ct) is not { } request || request.Value.Unconfirmed.FirstOrDefault(v => v.Id == confirm.Vote) is not { } vote)
            return (new LoginDecision.Refused(LoginTrouble.Decided), null);

        switch (await identities.Identify(login.Value.Account, ct))
        {
            case Identification.Unknown:
                return (new LoginDecision.Refused(LoginTrouble.Away), null);
            case Identification.Proved { Person: var person } when person.Id == at.Person:
                if (at.At + Login.ClockSlack < vote.ReceivedAt)
                    return Refuse(LoginTrouble.NotFresh);
                if (availability.Level is { } level && at.Level != level)
                    return Refuse(LoginTrouble.TooWeak);
                if (request.Value.Confirm(vote.Id, new Confirmation(person.Id, now)) is not Decision.Accepted { Request: var confirmed })
                    return (new LoginDecision.Refused(LoginTrouble.Expired), null);
                var finished = login.Value with { State = new LoginState.Done(now, browser) };
                return (new LoginDecision.Accepted(finished), new Changes
                {
                    Logins = [login with { Value = finished }],
                    Request = request with { Value = confirmed },
                    Touched = RequestChanges.Touch(confirmed),
                    Audit = [RequestAudit.Confirmed(confirmed, vote, person.Ref, at.Level, now)],
                });
            default:
                return Refuse(LoginTrouble.OtherPerson);
        }

        (LoginDecision, Changes?) Refuse(LoginTrouble why) => (
            new LoginDecision.Refused(why),
            new Changes { Audit = [RequestAudit.ConfirmationRefused(request.Value, vote, why.ToString(), LoginSentences.For(why), now)] });
    }

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

/// <summary>What the page at an address shows.</summary>
public abstract record LoginPage
{
    private protected LoginPage()
    {
    }

    public sealed record ForLink(Login Login) : LoginPage;

    public sealed record ForDecision(Login Login, AccessRequest Request, Vote Vote) : LoginPage;

    /// <param name="Browser">The one that this is told.</param>
    public sealed record Confirmed(string Browser) : LoginPage;

    public sealed record Refused(LoginTrouble Why) : LoginPage;
}
