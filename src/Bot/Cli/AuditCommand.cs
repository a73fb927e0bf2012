using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using ChatGovernance.Infrastructure.Audit;

namespace ChatGovernance.Bot.Cli;

internal static class AuditCommand
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var verify = new Command("verify", "Recompute the whole chain of the audit. Exit code 0: it holds; 1: a row is broken, and named; 2: could not run.") { json };
        verify.SetAction((parsed, ct) => Verify(parsed.GetValue(json), ct));
        return new Command("audit", "Look into the audit.") { verify };
    }

    private static async Task<int> Verify(bool json, CancellationToken ct)
    {
        await using var provider = DatabaseOnly.Build(mayCreate: false);
        AuditVerification found;
        try
        {
            found = await provider.GetRequiredService<AuditVerifier>().Verify(ct);
        }
        catch (DbException exception)
        {
            await Console.Error.WriteLineAsync($"chatgovernance: the database cannot be read: {exception.Message}");
            return ExitCode.CouldNotRun;
        }

        Console.WriteLine(json ? Json(found) : Words(found));
        return found.Holds ? ExitCode.Done : ExitCode.Found;
    }

    private static string Words(AuditVerification found) => found.Break is { } broken
        ? $"The audit is broken at row {broken.Number}: {Say(broken.Problem)}. {Rows(found.Rows)} before it hold."
        : $"The audit holds: {Rows(found.Rows)}, {found.Erased} erased texts, head {found.HeadHash}.";

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";

    private static string Say(AuditProblem problem) => problem switch
    {
        AuditProblem.Missing => "it is missing",
        AuditProblem.Impossible => "no row can have this number",
        AuditProblem.WrongPreviousHash => "it does not follow the row before it",
        AuditProblem.PayloadAltered => "its content was altered",
        AuditProblem.PayloadUnreadable => "its content is none that this program writes",
        AuditProblem.ColumnAltered column => $"its column {column.Column} was altered",
        AuditProblem.TextAltered text => $"its text \"{text.Field}\" was altered",
        AuditProblem.TextAdded text => $"its text \"{text.Field}\" was added later",
        AuditProblem.TailMissing tail => $"rows up to {tail.HeadNumber} are missing",
        AuditProblem.BeyondHead head => $"the chain ends at {head.HeadNumber}",
        AuditProblem.HeadDiffers => "the head names another hash",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Json(AuditVerification found)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("holds", found.Holds);
            writer.WriteNumber("rows", found.Rows);
            writer.WriteNumber("erased", found.Erased);
            writer.WriteString("head", found.HeadHash);
            if (found.Break is { } broken)
            {
                writer.WriteNumber("brokenRow", broken.Number);
                writer.WriteString("problem", Say(broken.Problem));
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
