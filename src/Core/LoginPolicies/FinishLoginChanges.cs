using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>
/// Sets what a second administrator has confirmed, reads it back, and writes it down; and closes what nobody confirmed in time. It looks
/// before it sends: what somebody else wrote meanwhile is not written over, and what is there already is not sent again. Any replica may
/// do it, at any time, and two at once.
/// </summary>
public sealed class FinishLoginChanges(ILoginPolicies directory, ILoginChanges changes, AccessChecks checks, ICommits commits, TimeProvider time)
{
    public static string ChangedMeanwhile(LoginChange change) => $"What {change.Client} asks for was changed meanwhile. Look at it with policy show {change.Client}, and propose it anew.";

    public async Task Run(CancellationToken ct)
    {
        foreach (var open in await changes.Open(ct))
            await Run(open, ct);
    }

    /// <summary>As far as it goes now.</summary>
    internal async Task Run(Versioned<LoginChange> open, CancellationToken ct)
    {
        switch (open.Value.State)
        {
            case LoginChangeState.Proposed when open.Value.IsOver(time.GetUtcNow()):
                await commits.Commit(Close(open, "Nobody confirmed it within a day."), ct);
                break;
            case LoginChangeState.Confirmed confirmed:
                await Finish(open, confirmed, ct);
                break;
        }
    }

    /// <summary>The policies of the realm that this deployment knows.</summary>
    internal async Task<Reading<LoginGuard>> ReadGuard(CancellationToken ct) =>
        await checks.ReadRealm(ct) is Reading<DirectoryIdentity>.Unknown unknown ? new Reading<LoginGuard>.Unknown(unknown.Why) : await directory.Read(resolve: false, ct);

    /// <param name="why">A sentence, without names of people.</param>
    internal Changes Close(Versioned<LoginChange> open, string why)
    {
        var closed = open.Value with { State = new LoginChangeState.Void(why) };
        return new Changes
        {
            LoginChange = new Versioned<LoginChange>(closed, open.Version),
            Touched = [new CardTouch(Subject.Of(closed.Id))],
            Audit = [LoginPolicyAudit.Void(closed, why.TrimEnd('.'), time.GetUtcNow())],
        };
    }

    private async Task Finish(Versioned<LoginChange> open, LoginChangeState.Confirmed confirmed, CancellationToken ct)
    {
        var change = open.Value;
        var standing = await Standing(change, ct);
        DirectoryChange? sent = null;
        if (standing.Is == LoginStanding.AsBefore && !change.IsOver(time.GetUtcNow()) && directory.MayBeSet)
        {
            sent = await directory.Set(change.Client, change.After, ct);
            standing = await Standing(change, ct);
        }

        switch (standing)
        {
            case (LoginStanding.AsWanted, { } guard):
                await commits.Commit(await Made(open, confirmed, guard, ct), ct);
                break;
            case (LoginStanding.Otherwise, _):
                await commits.Commit(Close(open, ChangedMeanwhile(change)), ct);
                break;
            case (LoginStanding.AsBefore, _) when sent is DirectoryChange.Rejected:
                await commits.Commit(Close(open, "Keycloak did not take it. See whether the bot may change the client (chatgovernance doctor), and whether the provider is installed."), ct);
                break;
            case (LoginStanding.AsBefore, _) when !directory.MayBeSet:
                await commits.Commit(Close(open, "The bot may not set login policies any more (Keycloak:ManageLoginPolicies is off)."), ct);
                break;
            case var _ when change.IsOver(time.GetUtcNow()):
                await commits.Commit(Close(open, "Keycloak could not be changed for a day."), ct);
                break;
        }
    }

    private async Task<(LoginStanding Is, LoginGuard? Guard)> Standing(LoginChange change, CancellationToken ct) => await ReadGuard(ct) switch
    {
        Reading<LoginGuard>.Known { Value: var guard } when guard.RulesOf(change.Client) is { } rules =>
            (rules.AreSameAs(change.After) ? LoginStanding.AsWanted : rules.AreSameAs(change.Before) ? LoginStanding.AsBefore : LoginStanding.Otherwise, guard),
        Reading<LoginGuard>.Known { Value: var guard } => (LoginStanding.Otherwise, guard),
        _ => (LoginStanding.Unknown, null),
    };

    private async Task<Changes> Made(Versioned<LoginChange> open, LoginChangeState.Confirmed confirmed, LoginGuard guard, CancellationToken ct)
    {
        var made = open.Value with { State = new LoginChangeState.Made(confirmed.By) };
        var known = await changes.Known(ct);
        return new Changes
        {
            LoginChange = new Versioned<LoginChange>(made, open.Version),
            KnownLoginPolicies = known.IsFirst ? null : new KnownLoginPoliciesChange(known.Stamp, known.With(guard, made.Client)),
            Touched = [new CardTouch(Subject.Of(made.Id))],
            Audit = [LoginPolicyAudit.Set(made, confirmed.By, time.GetUtcNow())],
        };
    }

    /// <summary>What the client asks for now, beside what it did and what it is to.</summary>
    private enum LoginStanding
    {
        Unknown,
        AsBefore,
        AsWanted,
        Otherwise,
    }
}
