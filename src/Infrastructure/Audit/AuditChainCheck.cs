namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Follows a chain row by row, in the order of their numbers, and stops at the first that does not hold. Remembers one hash.</summary>
/// <param name="anchors">What was told outside.</param>
/// <param name="first">A part of a chain begins with this row, and with whatever hash it follows.</param>
internal sealed class AuditChainCheck(IReadOnlyList<AuditAnchor>? anchors = null, long first = 1)
{
    private readonly ILookup<long, AuditAnchor> anchors = (anchors ?? []).ToLookup(anchor => anchor.Number);
    private long last = first - 1;
    private long erased;
    private long anchoredAt;
    private int anchored;
    private byte[]? hash = first == 1 ? AuditChain.Genesis : null;
    private AuditBreak? found;

    public bool IsBroken => found is not null;

    /// <summary>False: it does not hold; no further row is looked at.</summary>
    public bool Follow(AuditLine line)
    {
        if (found is not null)
            return false;
        if (line.Number > Next)
            found = new AuditBreak(Next, new AuditProblem.Missing());
        else if (line.Number < Next)
            found = new AuditBreak(line.Number, new AuditProblem.Impossible());
        else if (ProblemOf(line) is { } problem)
            found = new AuditBreak(line.Number, problem);
        else
            (last, hash) = (line.Number, line.Hash);
        return found is null;
    }

    /// <summary>A row does not hold, for a reason that lies outside the chain; the one that comes next, where none is named.</summary>
    public void Break(AuditProblem problem, long? at = null) => found ??= new AuditBreak(at ?? Next, problem);

    /// <summary>After the last row: compares with the head.</summary>
    public AuditVerification End(long headNumber, byte[] headHash)
    {
        if (headNumber > last)
            Break(new AuditProblem.TailMissing(headNumber));
        else if (headNumber < last)
            Break(new AuditProblem.BeyondHead(headNumber), headNumber + 1);
        else if (hash is null || !headHash.AsSpan().SequenceEqual(hash))
            Break(new AuditProblem.HeadDiffers(), last);
        return End();
    }

    /// <summary>After the last row, where there is no head.</summary>
    public AuditVerification End()
    {
        if (anchors.Where(anchor => anchor.Key > last).Select(anchor => anchor.Key).DefaultIfEmpty().Max() is > 0 and var beyond)
            Break(new AuditProblem.AnchorBeyond(beyond));
        return new AuditVerification
        {
            First = first,
            Rows = last - first + 1,
            HeadHash = Convert.ToHexStringLower(hash ?? AuditChain.Genesis),
            Erased = erased,
            Anchored = anchored,
            NotCompared = [.. anchors.Where(anchor => anchor.Key < first && anchor.Key > 0).SelectMany(anchor => anchor)],
            Break = found,
        };
    }

    private long Next => last + 1;

    private AuditProblem? ProblemOf(AuditLine line)
    {
        if (hash is not null && !line.PreviousHash.AsSpan().SequenceEqual(hash))
            return new AuditProblem.WrongPreviousHash();
        if (!AuditChain.Hash(line.PreviousHash, line.Payload).AsSpan().SequenceEqual(line.Hash))
            return new AuditProblem.PayloadAltered();
        if (AuditPayload.Read(line.Payload) is not { } payload)
            return new AuditProblem.PayloadUnreadable();
        if (payload.Differs(line) is { } column)
            return new AuditProblem.ColumnAltered(column);
        return TextProblemOf(line, payload) ?? AnchorProblemOf(line);
    }

    private AuditProblem.AnchorDiffers? AnchorProblemOf(AuditLine line)
    {
        foreach (var anchor in anchors[line.Number])
        {
            if (!anchor.Fits(line.Hash))
                return new AuditProblem.AnchorDiffers(anchoredAt);
            anchored++;
        }

        if (anchors.Contains(line.Number))
            anchoredAt = line.Number;
        return null;
    }

    private AuditProblem? TextProblemOf(AuditLine line, AuditPayload payload)
    {
        if (line.Texts is not { } texts)
            return null;
        var known = texts.ToDictionary(text => text.Field, StringComparer.Ordinal);
        if (texts.FirstOrDefault(text => !payload.Personal.ContainsKey(text.Field)) is { } added)
            return new AuditProblem.TextAdded(added.Field);

        foreach (var (field, digest) in payload.Personal)
        {
            if (known.GetValueOrDefault(field) is not { Salt: { } salt, Text: { } text })
            {
                // Half of it left would be neither the text nor its erasure.
                if (known.TryGetValue(field, out var half) && (half.Salt is not null || half.Text is not null))
                    return new AuditProblem.TextAltered(field);
                erased++;
            }
            else if (!AuditChain.IsText(text) || AuditChain.Digest(salt, text) != digest)
            {
                return new AuditProblem.TextAltered(field);
            }
        }

        return null;
    }
}
