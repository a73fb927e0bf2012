namespace ChatGovernance.Core.Health;

/// <summary>Has every part looked at, at once; a part that takes too long is not known.</summary>
public sealed class Examine(IEnumerable<IExaminer> examiners, TimeProvider time)
{
    /// <summary>Several calls, each with a time-out of its own, make up one part.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(45);

    public async Task<Diagnosis> Run(CancellationToken ct) => new(await Task.WhenAll(examiners.Select(async examiner =>
        new ExaminedPart(examiner.Part, await Look(examiner, ct)))));

    private async Task<IReadOnlyList<Check>> Look(IExaminer examiner, CancellationToken ct)
    {
        try
        {
            return await Patiently.Ask(examiner.Examine(ct), patience, time, ct)
                ?? [Check.Unknown("answer", "It could not be looked at in time.", "Look again; if it stays so, see what else is not well.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // A part that throws, the database's drivers above all, must not hide what is known of the others.
            return [Check.Unknown("answer", $"It could not be looked at ({exception.GetType().Name}).", "Settle first what else is not well, then look again.")];
        }
    }
}
