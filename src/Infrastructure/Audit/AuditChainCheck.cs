namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Follows a chain row by row, in the order of their numbers, and stops at the first that does not hold. Remembers one hash.</summary>
internal sealed class AuditChainCheck
{
    private long rows;
    private long erased;
    private byte[] hash = AuditChain.Genesis;
    private AuditBreak? found;

    /// <summary>False: it does not hold; no further row is looked at.</summary>
    public bool Follow(AuditLine line)
    {
        if (found is not null)
            return false;

        var expected = rows + 1;
        if (line.Number > expected)
            found = new AuditBreak(expected, new AuditProblem.Missing());
        else if (line.Number < expected)
            found = new AuditBreak(line.Number, new AuditProblem.Impossible());
        else if (ProblemOf(line) is { } problem)
            found = new AuditBreak(line.Number, problem);
        else
            (rows, hash) = (line.Number, line.Hash);
        return found is null;
    }

    /// <summary>After the last row: compares with the head.</summary>
    public AuditVerification End(long headNumber, byte[] headHash)
    {
        if (found is null)
        {
            if (headNumber > rows)
                found = new AuditBreak(rows + 1, new AuditProblem.TailMissing(headNumber));
            else if (headNumber < rows)
                found = new AuditBreak(headNumber + 1, new AuditProblem.BeyondHead(headNumber));
            else if (!headHash.AsSpan().SequenceEqual(hash))
                found = new AuditBreak(rows, new AuditProblem.HeadDiffers());
        }

        return new AuditVerification { Rows = rows, HeadHash = Convert.ToHexStringLower(hash), Erased = erased, Break = found };
    }

    private AuditProblem? ProblemOf(AuditLine line)
    {
        if (!line.PreviousHash.AsSpan().SequenceEqual(hash))
            return new AuditProblem.WrongPreviousHash();
        if (!AuditChain.Hash(line.PreviousHash, line.Payload).AsSpan().SequenceEqual(line.Hash))
            return new AuditProblem.PayloadAltered();
        if (AuditPayload.Read(line.Payload) is not { } payload)
            return new AuditProblem.PayloadUnreadable();
        if (payload.Differs(line) is { } column)
            return new AuditProblem.ColumnAltered(column);
        return TextProblemOf(line, payload);
    }

    private AuditProblem? TextProblemOf(AuditLine line, AuditPayload payload)
    {
        var known = line.Texts.ToDictionary(text => text.Field, StringComparer.Ordinal);
        if (line.Texts.FirstOrDefault(text => !payload.Personal.ContainsKey(text.Field)) is { } added)
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
