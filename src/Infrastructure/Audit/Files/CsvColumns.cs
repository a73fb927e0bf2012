namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>
/// What a spreadsheet shows of a row, and in the last column the same line that the other format has, by which all is verified. Rows that
/// only link others show nothing but that.
/// </summary>
internal static class CsvColumns
{
    public const string Record = "record";

    public static readonly IReadOnlyList<string> Shown = ["number", "at", "kind", "subject", "target", "target-name", "requester", "beneficiary", "by", "reason"];

    /// <summary>Of a line that nothing is shown of.</summary>
    public static readonly IReadOnlyList<string> Nothing = [.. Shown.Select(_ => "")];

    private static readonly string[] reasons = ["reason", "justification", "text"];

    /// <summary>In the order of <see cref="Shown"/>.</summary>
    public static IReadOnlyList<string> Of(AuditPayload payload, IReadOnlyList<AuditText> texts)
    {
        string Text(string field) => texts.FirstOrDefault(text => text.Field == field)?.Text ?? "";
        string Fact(string field) => payload.Facts.GetValueOrDefault(field, "");
        return
        [
            .. new[]
            {
                payload.Number, payload.At, payload.Kind, payload.Subject, Fact("target"), Fact("target-name"), Text("requester"), Text("beneficiary"), Text("by"),
                reasons.Select(Text).FirstOrDefault(reason => reason.Length > 0) ?? "",
            }.Select(Harmless),
        ];
    }

    /// <summary>A spreadsheet takes what begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).</summary>
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
}
