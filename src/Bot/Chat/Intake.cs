
namespace ChatGovernance.Bot.Chat;

/// <summary>What became of a delivery, and with it what the platform is told.</summary>
internal abstract record Intake(Acknowledged How)
{
    /// <summary>Stored, or nothing that had to be; or the person who waits is told that it was not taken.</summary>
    /// <param name="Body">JSON, or empty: only the acknowledgement counts.</param>
    public sealed record Answered(Acknowledged How, byte[] Body) : Intake(How);

    /// <summary>Not stored, and not to be called taken: the platform sends it again, or shows its own error.</summary>
    public sealed record NotStored() : Intake(Acknowledged.NotTaken);

    public sealed record Malformed() : Intake(Acknowledged.Refused);
}
