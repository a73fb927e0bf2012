namespace ChatGovernance.Infrastructure.Audit;

/// <summary>What a look at the whole chain came to.</summary>
public sealed record AuditVerification
{
    /// <summary>The first row that was looked at; 1, unless this is a part of a chain.</summary>
    public long First { get; init; } = 1;

    /// <summary>How many rows hold, from the first on.</summary>
    public required long Rows { get; init; }

    /// <summary>Lower-case hex of the last hash that holds; 64 zeros before the first row. Anchors are compared with it.</summary>
    public required string HeadHash { get; init; }

    /// <summary>Personal fields that were erased. No break: erasure shows as erasure.</summary>
    public required long Erased { get; init; }

    /// <summary>How many anchors were compared, and fit.</summary>
    public int Anchored { get; init; }

    /// <summary>Anchors of rows that come before this part of the chain: they say nothing about it.</summary>
    public IReadOnlyList<AuditAnchor> NotCompared { get; init; } = [];

    /// <summary>The first row that does not hold, and why; null: all do.</summary>
    public AuditBreak? Break { get; init; }

    public bool Holds => Break is null;
}

/// <param name="Number">The row's number as it is stored; for a row that is missing, the number it should have.</param>
public sealed record AuditBreak(long Number, AuditProblem Problem);

/// <summary>Why a row does not hold.</summary>
public abstract record AuditProblem
{
    private protected AuditProblem()
    {
    }

    /// <summary>No row has this number, and later ones follow.</summary>
    public sealed record Missing : AuditProblem;

    /// <summary>A number that no row can have: the first is 1.</summary>
    public sealed record Impossible : AuditProblem;

    /// <summary>It does not name the hash of the row before it: one of the two was exchanged, inserted or rewritten.</summary>
    public sealed record WrongPreviousHash : AuditProblem;

    /// <summary>Its hash is not that of its payload.</summary>
    public sealed record PayloadAltered : AuditProblem;

    /// <summary>Hash and payload agree, but the payload is none that this program writes.</summary>
    public sealed record PayloadUnreadable : AuditProblem;

    /// <param name="Column">The column beside the payload that says something else than the payload.</param>
    public sealed record ColumnAltered(string Column) : AuditProblem;

    public sealed record TextAltered(string Field) : AuditProblem;

    /// <summary>Personal text that the row never had.</summary>
    public sealed record TextAdded(string Field) : AuditProblem;

    /// <summary>The head says that there are more rows.</summary>
    public sealed record TailMissing(long HeadNumber) : AuditProblem;

    /// <summary>A row after the one that the head says is the last.</summary>
    public sealed record BeyondHead(long HeadNumber) : AuditProblem;

    /// <summary>The head names another hash than the last row has.</summary>
    public sealed record HeadDiffers : AuditProblem;

    /// <summary>An anchor outside names another hash: the chain was written anew, in this row or after the last that an anchor fits.</summary>
    /// <param name="Since">The last row that an anchor fits; 0: none does.</param>
    public sealed record AnchorDiffers(long Since) : AuditProblem;

    /// <summary>An anchor outside names a later row: the end was cut off, or an older copy took the chain's place.</summary>
    public sealed record AnchorBeyond(long Anchor) : AuditProblem;

    /// <summary>What stands there in the file is nothing that an export writes.</summary>
    public sealed record LineUnreadable : AuditProblem;

    /// <summary>The file ends before the export did.</summary>
    public sealed record FileCut : AuditProblem;

    /// <summary>It belongs to what was exported, and is shown as if it did not.</summary>
    public sealed record LeftOut : AuditProblem;
}
