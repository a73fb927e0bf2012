namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>What a call was answered; forgotten after a day.</summary>
internal sealed class ReplyRow
{
    public required string Key { get; set; }

    public required byte[] Call { get; set; }

    public required byte[] Answer { get; set; }

    public required DateTimeOffset At { get; set; }
}
