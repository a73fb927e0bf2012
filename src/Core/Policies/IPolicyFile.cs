namespace ChatGovernance.Core.Policies;

/// <summary>The policy file, as somebody wrote it.</summary>
public interface IPolicyFile
{
    /// <summary>False: none is set up.</summary>
    bool IsSet { get; }

    /// <summary>As it is now. <see cref="PolicyReading.Bad"/> also where it is missing or may not be read.</summary>
    Task<PolicyReading> Read(CancellationToken ct);

    /// <summary>A text that a file had.</summary>
    PolicyReading Parse(string text);
}

public abstract record PolicyReading
{
    private protected PolicyReading()
    {
    }

    /// <summary>One text says one thing.</summary>
    public sealed record Good(Policy Policy, string Text) : PolicyReading
    {
        public bool Equals(Good? other) => other is not null && Text == other.Text;

        public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
    }

    /// <param name="Problems">Each with its line and what to do; one or more.</param>
    public sealed record Bad(IReadOnlyList<string> Problems) : PolicyReading
    {
        public bool Equals(Bad? other) => other is not null && Problems.SequenceEqual(other.Problems);

        public override int GetHashCode() => Problems.Count;
    }
}
