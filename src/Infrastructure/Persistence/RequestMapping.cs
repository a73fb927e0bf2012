using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Requests;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class RequestMapping
{
    public static AccessRequest ToRequest(this RequestRow row)
    {
        var document = Documents.Read<RequestDocument>(row.Document);
        return new AccessRequest
        {
            Id = RowIds.ReadRequest(row.Id),
            Filing = document.Filing,
            Beneficiary = document.Beneficiary,
            Target = TextConverters.ReadTarget(row.Target),
            TargetName = row.TargetName,
            Length = document.Length,
            Justification = document.Justification,
            Ticket = document.Ticket,
            Emergency = document.Emergency,
            Extends = document.Extends,
            ReceivedAt = row.ReceivedAt,
            Rule = document.Rule,
            EffectiveRoles = document.EffectiveRoles,
            Approvers = document.Approvers,
            ChannelLost = document.ChannelLost,
            Questions = document.Questions,
            Votes = [.. row.Votes.OrderBy(vote => vote.Ordinal).Select(ToVote)],
            State = document.State,
            HeldUpBy = document.HeldUpBy,
        };
    }

    /// <summary>Everything but the version, the lease and the votes.</summary>
    public static void Take(this RequestRow row, AccessRequest request, DateTimeOffset now)
    {
        row.State = request.State.Name;
        row.Filer = request.Filing.Person?.Id.Value;
        row.FilerAccount = request.Filing.From?.ToString();
        row.Beneficiary = request.Beneficiary?.Id.Value;
        row.Target = request.Target.ToString();
        row.TargetName = request.TargetName;
        row.ReceivedAt = request.ReceivedAt;
        row.ClosedAt = request.State.IsOpen ? null : row.ClosedAt ?? now;
        row.Document = DocumentOf(request);
        row.DueAt = DueAt(request, now);
    }

    public static RequestRow NewRow(AccessRequest request, DateTimeOffset now)
    {
        var row = new RequestRow
        {
            Id = request.Id.ToString(),
            State = request.State.Name,
            Target = request.Target.ToString(),
            TargetName = request.TargetName,
            ReceivedAt = request.ReceivedAt,
            Document = "",
        };
        row.Take(request, now);
        return row;
    }

    public static VoteRow NewRow(RequestId request, Vote vote, int ordinal) => new()
    {
        Id = RowIds.Write(vote.Id),
        RequestId = request.ToString(),
        Ordinal = ordinal,
        Caster = vote.Caster.ToString(),
        Choice = vote.Choice,
        Reason = vote.Reason,
        AtMost = vote.AtMost?.Ticks,
        ReceivedAt = vote.ReceivedAt,
        Stage = vote.Stage,
        State = Documents.Write(vote.State),
    };

    /// <summary>"At once" becomes an instant, so that what waits longest is taken first.</summary>
    public static DateTimeOffset? DueAt(AccessRequest request, DateTimeOffset now) => request.DueAt == DateTimeOffset.MinValue ? now : request.DueAt;

    private static string DocumentOf(AccessRequest request) => Documents.Write(new RequestDocument
    {
        Filing = request.Filing,
        Beneficiary = request.Beneficiary,
        Length = request.Length,
        Justification = request.Justification,
        Ticket = request.Ticket,
        Emergency = request.Emergency,
        Extends = request.Extends,
        Rule = request.Rule,
        EffectiveRoles = request.EffectiveRoles,
        Approvers = request.Approvers,
        ChannelLost = request.ChannelLost,
        Questions = request.Questions,
        State = request.State,
        HeldUpBy = request.HeldUpBy,
    });

    private static Vote ToVote(VoteRow row) => new()
    {
        Id = RowIds.ReadGuid(row.Id),
        Caster = TextConverters.ReadActor(row.Caster),
        Choice = row.Choice,
        Reason = row.Reason,
        AtMost = row.AtMost is { } ticks ? new TimeSpan(ticks) : null,
        ReceivedAt = row.ReceivedAt,
        Stage = row.Stage,
        State = Documents.Read<VoteState>(row.State),
    };
}
