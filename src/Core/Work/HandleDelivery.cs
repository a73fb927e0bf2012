using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

/// <summary>Takes up one stored delivery: reads it again and hands it to its use case.</summary>
public sealed class HandleDelivery(
    IInbox inbox, IEnumerable<IDeliveryReader> readers, ReceiveRequest receive, CastVote castVote, CancelRequest cancel, RemindApprovers remind, AskQuestion ask, AnswerQuestion answer, ReturnGrant giveBack, HeldByName held, RevokeGrants revoke, FreezeAccess freeze, Forms forms, ShowStatus status, AnswerInquiry inquiries, Chat.Welcome welcome,
    BeginLink beginLink, EnterCode enterCode, EndLink endLink, ShowLinks showLinks, ChangeLoginPolicy loginPolicies, ICommits commits, TimeProvider time)
{
    private readonly IReadOnlyList<IDeliveryReader> readers = [.. readers];

    public async Task Run(Lease lease, CancellationToken ct)
    {
        var id = long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture);
        // A use case that finds somebody else's save in its way decides again.
        var conflicts = 0;
        while (await inbox.Load(id, ct) is { } delivery)
        {
            var command = readers.First(reader => reader.Reads(delivery.Delivery.Kind)).Read(delivery.Delivery);
            if (await Run(command, delivery, lease, ct) != CommitResult.Conflict)
                return;
            if (++conflicts == Conflicts.AtMost)
            {
                await commits.Commit(Conflicts.BackToTheQueue(lease, time.GetUtcNow()), ct);
                return;
            }
        }
    }

    private Task<CommitResult> Run(Command command, StoredDelivery delivery, Lease lease, CancellationToken ct) => command switch
    {
        Command.SubmitRequest submit => receive.Run(submit, delivery, lease, ct),
        Command.CastVote vote => castVote.Run(vote, delivery, lease, ct),
        Command.CancelRequest withdraw => cancel.Run(withdraw, delivery, lease, ct),
        Command.Nudge nudge => remind.Run(nudge, delivery, lease, ct),
        Command.OpenQuestionForm question => forms.Open(question, question.By, question.Trigger, delivery, lease, ct),
        Command.AskQuestion question => ask.Run(question, delivery, lease, ct),
        Command.OpenAnswerForm question => forms.Open(question, question.By, question.Trigger, delivery, lease, ct),
        Command.AnswerQuestion question => answer.Run(question, delivery, lease, ct),
        Command.SubmitExtension extension => receive.Run(extension, delivery, lease, ct),
        Command.FileAtLogin filed => receive.Run(filed, delivery, lease, ct),
        Command.SubmitOffered offered => receive.Run(offered, delivery, lease, ct),
        Command.OpenOfferForm offered => forms.Open(offered, offered.By, offered.Trigger, delivery, lease, ct),
        Command.OpenShortenForm shorten => forms.Open(shorten, shorten.By, shorten.Trigger, delivery, lease, ct),
        Command.OpenExtendForm extend => forms.Open(extend, extend.By, extend.Trigger, delivery, lease, ct),
        Command.ExtendNamed named => Extend(named, delivery, lease, ct),
        Command.ReturnGrant back => giveBack.Run(back, delivery, lease, ct),
        Command.ReturnNamed back => giveBack.Run(back, delivery, lease, ct),
        Command.RevokeGrant one => revoke.Run(one, delivery, lease, ct),
        Command.RevokeAll all => revoke.Run(all, delivery, lease, ct),
        Command.SetFreeze set => freeze.Run(set, delivery, lease, ct),
        Command.AllowEmergency allow => freeze.Run(allow, delivery, lease, ct),
        Command.OpenRequestForm open => forms.Open(open, delivery, lease, ct),
        Command.PickTarget pick => forms.Pick(pick, lease, ct),
        Command.OpenDenyForm deny => forms.Open(deny, deny.By, deny.Trigger, delivery, lease, ct),
        Command.ShowHome show => welcome.Run(show, lease, ct),
        Command.Arrive arrive => welcome.Run(arrive, delivery, lease, ct),
        Command.Reply reply => commits.Commit(Done(lease) with { Notes = [Said(reply, delivery)] }, ct),
        Command.ShowStatus show => status.Run(show, delivery, lease, ct),
        Command.BeginLink begin => beginLink.Run(begin, delivery, lease, ct),
        Command.EnterCode code => enterCode.Run(code, delivery, lease, ct),
        Command.EndLink end => endLink.Run(end, delivery, lease, ct),
        Command.ShowLinks show => showLinks.Run(show, delivery, lease, ct),
        Command.SetLoginPolicy set => loginPolicies.Run(set, delivery, lease, ct),
        Command.DecideLoginPolicy decide => loginPolicies.Run(decide, delivery, lease, ct),
        Command.Inquire inquire => inquiries.Run(inquire, delivery, lease, ct),
        Command.ShowHelp => commits.Commit(Done(lease), ct), // answered already, with the delivery
        Command.Impossible impossible => commits.Commit(Done(lease) with
        {
            Notes = impossible.Answered ? [] : [NotUsable(impossible, delivery)],
            Audit = [CommandAudit.Refused(impossible.By, impossible.What, time.GetUtcNow())],
        }, ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<CommitResult> Extend(Command.ExtendNamed named, StoredDelivery delivery, Lease lease, CancellationToken ct) => await held.Find(named.By, named.Name, ct) switch
    {
        HeldSearch.One one => await forms.Open(new Command.OpenExtendForm(named.By, named.Trigger, one.Request), named.By, named.Trigger, delivery, lease, ct),
        HeldSearch.NotOne other => await commits.Commit(Done(lease) with
        {
            Notes = [RequestChanges.Tell(named.By, $"refused:{delivery.Id}", Subject.Of(named.By), "Nothing to extend", Chat.Sentences.For(other.Why))],
        }, ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Chat.Note Said(Command.Reply reply, StoredDelivery delivery) => new()
    {
        Key = $"reply:{delivery.Id}",
        Subject = Subject.Of(reply.By),
        Audience = new Chat.Audience.Person(reply.By),
        Message = new Chat.ChatMessage { Title = reply.Title, Lines = reply.Lines },
    };

    private static Chat.Note NotUsable(Command.Impossible impossible, StoredDelivery delivery) => RequestChanges.Tell(
        impossible.By, $"impossible:{delivery.Id}", Subject.Of(impossible.By), "That button or form could not be used", "Nothing was changed. Please open it anew.");

    private static Changes Done(Lease lease) => new() { Under = lease, Release = new Release.Done() };
}
