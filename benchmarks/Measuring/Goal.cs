namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>What a figure ought to be.</summary>
/// <param name="AtLeast">True: this or more; false: this or less.</param>
internal sealed record Goal(string What, double Wanted, bool AtLeast, double Measured)
{
    public bool IsMet => AtLeast ? Measured >= Wanted : Measured <= Wanted;

    /// <summary>A table of all; empty where there is none.</summary>
    public static string Write(IReadOnlyList<Goal> goals)
    {
        if (goals.Count == 0)
            return "";
        var table = new Table("goal", "wanted", "measured", "");
        foreach (var goal in goals)
            table.Row(goal.What, $"{(goal.AtLeast ? "≥" : "≤")} {Figures.Ratio(goal.Wanted)}", Figures.Ratio(goal.Measured), goal.IsMet ? "met" : "missed");
        return table.ToString();
    }
}
