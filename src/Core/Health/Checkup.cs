namespace ChatGovernance.Core.Health;

/// <summary>One thing that was looked at, with what came of it.</summary>
/// <param name="Name">What was looked at, in a few words; the same each time.</param>
/// <param name="Mend">What to do about it; null where nothing is to be done.</param>
public sealed record Check(string Name, CheckResult Result, string Sentence, string? Mend = null)
{
    public static Check Ok(string name, string sentence) => new(name, CheckResult.Ok, sentence);

    public static Check Warning(string name, string sentence, string mend) => new(name, CheckResult.Warning, sentence, mend);

    public static Check Failed(string name, string sentence, string mend) => new(name, CheckResult.Failed, sentence, mend);

    public static Check Unknown(string name, string sentence, string mend) => new(name, CheckResult.Unknown, sentence, mend);
}

public enum CheckResult
{
    Ok,

    /// <summary>It works, but not as well, or as safely, as it could.</summary>
    Warning,

    /// <summary>Something does not work, or is not safe.</summary>
    Failed,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}

/// <summary>Looks at one part of what the bot stands on. It never throws for what the outside does, and changes nothing.</summary>
public interface IExaminer
{
    /// <summary>The part, for a heading.</summary>
    string Part { get; }

    Task<IReadOnlyList<Check>> Examine(CancellationToken ct);
}

/// <param name="Parts">In the order of the examiners.</param>
public sealed record Diagnosis(IReadOnlyList<ExaminedPart> Parts)
{
    public IEnumerable<Check> Checks => Parts.SelectMany(part => part.Checks);

    /// <summary>Something has failed.</summary>
    public bool IsIll => Checks.Any(check => check.Result == CheckResult.Failed);
}

public sealed record ExaminedPart(string Part, IReadOnlyList<Check> Checks);
