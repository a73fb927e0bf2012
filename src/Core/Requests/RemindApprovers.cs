using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
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
        var now = time.GetUtcNow();
        var done = new Changes { Under = lease, Release = new Release.Done() };
        if (await requests.Load(command.Request, ct) is not { } loaded)
            return await commits.Commit(done with { Notes = [Refused(command, delivery, "This request", new Refusal.UnknownRequest())] }, ct);

        switch (loaded.Value.Nudge(command.By, now))
        {
            case Decision.Accepted { Request: var nudged }:
                return await commits.Commit(done with
                {
                    Request = new Versioned<AccessRequest>(nudged, loaded.Version),
                    Notes =
                    [
                        .. Reminders(nudged, $"nudge:{delivery.Id}", now),
                        RequestChanges.Tell(command.By, $"nudged:{delivery.Id}", Subject.Of(command.Request), $"{nudged.TargetName}: the approvers are reminded", $"{Sentences.List(nudged.Approvers.Asked, 8)}."),
                    ],
                    Audit = [RequestAudit.Reminded(nudged, "requester", now)],
                }, ct);
            case Decision.Refused refused:
                return await commits.Commit(done with { Notes = [Refused(command, delivery, loaded.Value.TargetName, refused.Why)] }, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
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

    private static Note Refused(Command.Nudge command, StoredDelivery delivery, string target, Refusal why) =>
        RequestChanges.Tell(command.By, $"refused:{delivery.Id}", Subject.Of(command.By), $"{target}: nobody was reminded", Sentences.For(why));
}
