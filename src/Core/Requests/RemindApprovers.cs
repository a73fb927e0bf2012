using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Tells those who were asked and have not decided yet that somebody still waits: once a stage when half of its time is over,
/// and when the requester asks for it, at most every <see cref="NudgeEvery"/>.
/// </summary>
public sealed class RemindApprovers(IRequests requests, ICommits commits, TimeProvider time)
{
    public static readonly TimeSpan NudgeEvery = TimeSpan.FromHours(4);

    /// <summary>With less than this left, a reminder of half the time helps nobody.</summary>
    public static readonly TimeSpan TimeToAct = TimeSpan.FromMinutes(5);

    public async Task<CommitResult> Run(Command.Nudge command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var (title, line, changes) = await Judge(command.By, command.Request, $"{delivery.Id}", ct) switch
        {
            Judgement.Done { Changes: { Request.Value: var nudged } made } => ($"{nudged.TargetName}: the approvers are reminded", $"{Sentences.List(nudged.Approvers.Asked, 8)}.", made),
            Judgement.Refused refused => ($"{refused.About ?? "This request"}: nobody was reminded", Sentences.For(refused.Why), refused.Besides),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var subject = changes.Request is null ? Subject.Of(command.By) : Subject.Of(command.Request);
        return await commits.Commit(changes with
        {
            Under = lease,
            Release = new Release.Done(),
            Notes = [.. changes.Notes, RequestChanges.Tell(command.By, $"{(changes.Request is null ? "refused" : "nudged")}:{delivery.Id}", subject, title, line)],
        }, ct);
    }

    /// <param name="key">Of this very wish: what is said for it is said once.</param>
    public async Task<Judgement> Judge(Actor by, RequestId id, string key, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await requests.Load(id, ct) is not { } loaded)
            return new Judgement.Refused(new Refusal.UnknownRequest());

        return loaded.Value.Nudge(by, now) switch
        {
            Decision.Accepted { Request: var nudged } => new Judgement.Done(new Changes
            {
                Request = loaded with { Value = nudged },
                Notes = Reminders(nudged, $"nudge:{key}", now),
                Audit = [RequestAudit.Reminded(nudged, "requester", now)],
            }),
            Decision.Refused refused => new Judgement.Refused(refused.Why, loaded.Value.TargetName),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static RequestStep HalfWay(AccessRequest request, DateTimeOffset now)
    {
        var pending = (RequestState.Pending)request.State;
        var reminded = request with { State = pending with { RemindedAt = now } };
        // Taken up late, as after an outage.
        if (pending.LapsesAt - now < TimeToAct)
            return new RequestStep(reminded, new Changes());
        return new RequestStep(reminded, new Changes
        {
            Notes = Reminders(request, $"half-way:{request.Id}:{pending.Stage}:{pending.Since.UtcTicks}", now),
            Audit = [RequestAudit.Reminded(request, "half-way", now)],
        });
    }

    private static IReadOnlyList<Note> Reminders(AccessRequest request, string key, DateTimeOffset now)
    {
        var pending = (RequestState.Pending)request.State;
        var title = $"{Sentences.Requester(request)} still waits for a decision on {request.TargetName}";
        var line = $"Approve or deny it in the message above. It lapses in {Sentences.Span(pending.LapsesAt - now)}.";
        if (request.Channel is { } channel)
        {
            return
            [
                new Note
                {
                    Key = key, Subject = Subject.Of(request.Id), Audience = new Audience.Channel(channel), Thread = RequestChanges.ChannelCard(request, channel),
                    Message = new ChatMessage { Title = title, Lines = [line, $"Asked: {Sentences.List(request.Approvers.Asked, 8)}."] },
                },
            ];
        }

        var decided = request.Votes.Where(vote => vote.State is not VoteState.Dropped).Select(vote => vote.Caster).ToHashSet();
        return
        [
            .. request.Approvers.Accounts.Where(account => !decided.Contains(account)).Select(account => RequestChanges.Tell(
                account, $"{key}:{account}", Subject.Of(request.Id), title, line)),
        ];
    }
}
