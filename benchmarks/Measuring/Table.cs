using System.Text;

namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>A table of Markdown.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public Table Row(params string[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns.", nameof(cells));
        rows.Add(cells);
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Line(columns)).AppendLine(Line([.. columns.Select(_ => "---")]));
        foreach (var row in rows)
            text.AppendLine(Line(row));
        return text.ToString();
    }

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
