using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text;
using ChatGovernance.Core.Audit;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Audit.Files;

namespace ChatGovernance.Bot.Cli;

internal static class AuditCommand
{
    private static readonly TimeSpan followEvery = TimeSpan.FromSeconds(1);

    private static readonly Option<FileInfo?> file = new("--file") { Description = "An export, in the place of the database; nothing else is needed." };
    private static readonly Option<string[]> anchor = new("--anchor")
    {
        Description = "What was told outside: a line of the audit channel, or a file with such lines. Finds also a history that was cut, restored or wholly written anew. May be repeated.",
    };

    private static readonly Option<string> format = new Option<string>("--format") { Description = "ndjson; csv, for spreadsheets; ecs, events for a SIEM, which cannot be verified.", DefaultValueFactory = _ => "ndjson" }.AcceptOnlyFromAmong("ndjson", "csv", "ecs");
    private static readonly Option<FileInfo?> output = new("--output") { Description = "The file to write; the standard output where none is named." };
    private static readonly Option<DateTimeOffset?> from = Instant("--from", "Rows of this instant or later: 2027-01-04, or 2027-01-04T09:00Z.");
    private static readonly Option<DateTimeOffset?> until = Instant("--until", "Rows before this instant.");
    private static readonly Option<string?> person = new("--person") { Description = "Rows about this person, and about every request that they have a part in: their id in Keycloak, or their name." };
    private static readonly Option<string?> target = new("--target") { Description = "The same of a target: its name, or group:ID, realm-role:ID or client-role:ID." };
    private static readonly Option<long> after = new("--after") { Description = "ecs: rows after this number." };
    private static readonly Option<bool> follow = new("--follow") { Description = "ecs: goes on with every new row until it is ended." };

    public static Command Build()
    {
        var verify = new Command("verify", "Recompute the whole chain of the audit. Exit code 0: it holds; 1: a row is broken, and named; 2: could not run.") { file, anchor, Answers.Json };
        verify.SetAction((parsed, ct) => SayingWhyNot(() => Verify(parsed, ct)));
        var export = new Command("export", "Write the audit out, whole or in part, with what is needed to verify it.") { format, output, from, until, person, target, after, follow };
        export.SetAction((parsed, ct) => SayingWhyNot(() => Export(parsed, ct)));
        var anchored = new Command("anchor", "Tell the head of the audit outside now, as every day: in the audit channel, to webhooks, in Audit:AnchorFile; and print it.");
        anchored.SetAction((_, ct) => Answers.Ask(services => Anchor(services, ct), inAnyCase: true));
        return new Command("audit", "Look into the audit.") { verify, export, anchored };
    }

    /// <summary>Says in a line what cannot be read.</summary>
    private static async Task<int> SayingWhyNot(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (DbException exception)
        {
            return await Answers.CouldNot($"the database cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await Answers.CouldNot(exception.Message);
        }
    }

    private static async Task<int> Verify(ParseResult parsed, CancellationToken ct)
    {
        var anchors = new List<AuditAnchor>();
        foreach (var text in parsed.GetValue(anchor) ?? [])
        {
            var read = AuditAnchor.Read(File.Exists(text) ? await File.ReadAllTextAsync(text, ct) : text);
            if (read.Count == 0)
                return await Answers.CouldNot($"there is no anchor in \"{Core.Text.Cut(text, 100)}\": a row's number and the first 12 or more digits of its hash are needed, as in \"#120 1f0c2d3e4a5b\".");
            anchors.AddRange(read);
        }

        var found = await Verify(parsed.GetValue(file), anchors, ct);
        Console.WriteLine(parsed.GetValue(Answers.Json) ? Json(found) : Words(found, anchors));
        return found.Holds && found.NotCompared.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task<AuditVerification> Verify(FileInfo? export, IReadOnlyList<AuditAnchor> anchors, CancellationToken ct)
    {
        if (export is not null)
        {
            using var reader = export.OpenText();
            return await AuditFile.Verify(reader, anchors, ct);
        }

        await using var provider = DatabaseOnly.Build(mayCreate: false);
        return await provider.GetRequiredService<AuditVerifier>().Verify(anchors, ct);
    }

    private static async Task<int> Export(ParseResult parsed, CancellationToken ct)
    {
        var isEcs = parsed.GetValue(format) == "ecs";
        Option[] choosing = [from, until, person, target];
        if (isEcs && choosing.Any(option => parsed.GetResult(option) is not null))
            return await Answers.CouldNot("--format ecs takes --after and --follow; a SIEM chooses for itself by time, person and target.");
        if (!isEcs && (parsed.GetValue(follow) || parsed.GetResult(after) is not null))
            return await Answers.CouldNot("--after and --follow are for --format ecs.");

        await using var provider = DatabaseOnly.Build(mayCreate: false);
        var export = provider.GetRequiredService<AuditExport>();
        var (selection, problem) = isEcs ? (AuditSelection.All, null) : await Selected(export, parsed, ct);
        if (problem is not null)
            return await Answers.CouldNot(problem);

        await using var to = parsed.GetValue(output) is { } named
            ? new StreamWriter(named.Create(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16)
            : new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        if (isEcs)
            return await Stream(export, parsed.GetValue(after), parsed.GetValue(follow), to, ct);
        var exported = await export.Run(selection!, parsed.GetValue(format) == "csv" ? AuditFileFormat.Csv : AuditFileFormat.Ndjson, to, ct);
        await Console.Error.WriteLineAsync(
            $"{Rows(exported.Selected)} exported{(exported.Rows > exported.Selected ? $", and {exported.Rows - exported.Selected} without names and reasons that link them" : "")}. Head: #{exported.Head.Number} {exported.Head.Hash}");
        return ExitCode.Done;
    }

    private static async Task<int> Anchor(IServiceProvider services, CancellationToken ct)
    {
        if (await services.GetRequiredService<PostAnchor>().Now(ct) is not { } head)
            return await Answers.CouldNot("there is no row in the audit yet.");
        Console.WriteLine($"#{head.Number} {head.Hash}");
        return ExitCode.Done;
    }

    private static async Task<int> Stream(AuditExport export, long after, bool follow, StreamWriter to, CancellationToken ct)
    {
        after = await export.Stream(after, to, ct);
        while (follow && !ct.IsCancellationRequested)
        {
            await Task.Delay(followEvery, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested)
                after = await export.Stream(after, to, ct);
        }

        return ExitCode.Done;
    }

    private static async Task<(AuditSelection? Selection, string? Problem)> Selected(AuditExport export, ParseResult parsed, CancellationToken ct)
    {
        var selection = new AuditSelection { From = parsed.GetValue(from), Until = parsed.GetValue(until) };
        foreach (var (text, isPerson) in new[] { (parsed.GetValue(person), true), (parsed.GetValue(target), false) })
        {
            if (text is null)
                continue;
            var found = await export.Ids(text, isPerson, ct);
            if (found.Count != 1)
                return (null, found.Count == 0 ? $"the audit knows nobody and nothing called \"{text}\"." : $"several are called \"{text}\": {string.Join(", ", found)}. Name one by its id.");
            selection = isPerson ? selection with { Person = found[0] } : selection with { Target = found[0] };
        }

        return (selection, null);
    }

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return at;
            result.AddError($"{name}: \"{result.Tokens[0].Value}\" is no instant. Write 2027-01-04, or 2027-01-04T09:00Z.");
            return null;
        },
    };

    private static string Words(AuditVerification found, IReadOnlyList<AuditAnchor> anchors) => string.Join('\n', new[]
    {
        found.Break is { } broken
            ? $"The audit is broken at row {broken.Number}: {Say(broken.Problem)}. {Rows(found.Rows)} before it hold."
            : $"The audit holds: {Rows(found.Rows)}{(found.First > 1 ? $" from #{found.First} on" : "")}, {found.Erased} erased texts, head {found.HeadHash}.",
        found.Anchored > 0 ? $"Anchors outside that it fits: {found.Anchored}." : null,
        found.NotCompared.Count > 0 ? $"Not compared, because this part begins after them: {string.Join(", ", found.NotCompared.Select(anchor => $"#{anchor.Number}"))}." : null,
        anchors.Count == 0 ? "Without an anchor nobody can tell whether all of it was written anew: give --anchor a line of the audit channel." : null,
    }.Where(line => line is not null));

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
        AuditProblem.AnchorDiffers { Since: 0 } => "the anchor outside names another hash; this row, or one before it, was written anew",
        AuditProblem.AnchorDiffers differs => $"the anchor outside names another hash; one of the rows after {differs.Since}, which still fits, was written anew",
        AuditProblem.AnchorBeyond beyond => $"it is missing, and an anchor outside names row {beyond.Anchor}; the end was cut off, or an older copy is in its place",
        AuditProblem.LineUnreadable => "what stands there is nothing that an export writes",
        AuditProblem.FileCut => "the file ends here, and the export did not",
        AuditProblem.LeftOut => "it belongs to what was exported, and is not shown",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Json(AuditVerification found) => Answers.Write(writer =>
    {
        writer.WriteBoolean("holds", found.Holds);
        writer.WriteNumber("first", found.First);
        writer.WriteNumber("rows", found.Rows);
        writer.WriteNumber("erased", found.Erased);
        writer.WriteString("head", found.HeadHash);
        writer.WriteNumber("anchored", found.Anchored);
        writer.WriteList("notCompared", found.NotCompared, anchor =>
        {
            writer.WriteNumber("number", anchor.Number);
            writer.WriteString("hash", anchor.Hash);
        });
        if (found.Break is { } broken)
        {
            writer.WriteNumber("brokenRow", broken.Number);
            writer.WriteString("problem", Say(broken.Problem));
        }
    });
}
