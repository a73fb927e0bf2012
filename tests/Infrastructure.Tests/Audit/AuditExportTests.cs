using System.Text.Json;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Audit.Files;
using ChatGovernance.Infrastructure.Tests.Persistence;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;

namespace ChatGovernance.Infrastructure.Tests.Audit;

/// <summary>
/// Twelve rows of three requests: 1 to 4 Alice's, 5 to 8 Carol's, 9 to 12 Alice's; the first row of each names nobody, the others whom it
/// is for. An hour lies between any two.
/// </summary>
public abstract class AuditExportTests(DatabaseKind kind) : StoreTests(kind)
{
    private const string Alice = "11111111-1111-4111-8111-111111111111";
    private const string Carol = "33333333-3333-4333-8333-333333333333";

    public static TheoryData<AuditFileFormat> Formats => [AuditFileFormat.Ndjson, AuditFileFormat.Csv];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var (request, who, name) in new[] { (1, Alice, "Alice"), (2, Carol, "=Carol"), (3, Alice, "Alice") })
        {
            for (var row = 1; row <= 4; row++)
            {
                await Saved(new Changes { Audit = [Row(request, row == 1 ? null : (who, name))] });
                Clock.Advance(TimeSpan.FromHours(1));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Everything_is_exported_and_holds_by_the_file_alone(AuditFileFormat format)
    {
        var (text, exported) = await Export(AuditSelection.All, format);

        (exported.Rows, exported.Selected, exported.Head.Number).ShouldBe((12, 12, 12));
        var found = await Verify(text, $"#12 {exported.Head.Hash[..12]}");
        (found.Break, found.Rows, found.Erased, found.Anchored).ShouldBe((null, 12, 0, 1));
        found.HeadHash.ShouldBe((await Store.Verifier.Verify(Ct)).HeadHash);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task An_empty_audit_is_exported_and_holds(AuditFileFormat format)
    {
        await using var empty = await ChatGovernance.TestSupport.Persistence.TestStore.Create(Store.Database.Kind, Clock);
        var text = new StringWriter();
        await empty.Export.Run(AuditSelection.All, format, text, Ct);

        (await Verify(text.ToString())).ShouldSatisfyAllConditions(found => found.Holds.ShouldBeTrue(), found => found.Rows.ShouldBe(0));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Of_a_person_every_row_of_their_requests_is_shown_and_no_name_of_anybody_elses(AuditFileFormat format)
    {
        var (text, exported) = await Export(new AuditSelection { Person = Alice }, format);

        (exported.Rows, exported.Selected).ShouldBe((12, 8));
        text.ShouldContain("Alice");
        text.ShouldNotContain("Carol");
        (await Verify(text, $"#12 {exported.Head.Hash}")).Break.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Of_a_time_the_part_begins_with_the_row_before_it(AuditFileFormat format)
    {
        var selection = new AuditSelection { From = Now - TimeSpan.FromHours(5), Until = Now - TimeSpan.FromHours(2) };
        var (text, exported) = await Export(selection, format);

        (exported.Rows, exported.Selected).ShouldBe((6, 3));
        var found = await Verify(text, $"#12 {exported.Head.Hash}");
        (found.Break, found.First, found.Rows).ShouldBe((null, 7, 6));
    }

    [Fact]
    public async Task Of_a_target_every_row_of_its_requests_is_shown()
    {
        (await Export(new AuditSelection { Target = "group:g-2" }, AuditFileFormat.Ndjson)).Exported.Selected.ShouldBe(4);
        (await Export(new AuditSelection { Target = "group:g-2", Person = Alice }, AuditFileFormat.Ndjson)).Exported.Selected.ShouldBe(0);
        (await Export(new AuditSelection { Target = "group:g-3", Person = Alice }, AuditFileFormat.Ndjson)).Exported.Selected.ShouldBe(4);
    }

    [Fact]
    public async Task People_and_targets_are_found_by_what_they_are_called()
    {
        (await Store.Export.Ids("Alice", ofPerson: true, Ct)).ShouldBe([Alice]);
        (await Store.Export.Ids(Carol, ofPerson: true, Ct)).ShouldBe([Carol]);
        (await Store.Export.Ids("/apps/2", ofPerson: false, Ct)).ShouldBe(["group:g-2"]);
        (await Store.Export.Ids("Mallory", ofPerson: true, Ct)).ShouldBeEmpty();
    }

    /// <summary>Each line of the file, in turn: without it, with it twice, before the one before it, and cut.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_is_done_to_the_lines_of_a_file_is_found(AuditFileFormat format)
    {
        var (text, _) = await Export(new AuditSelection { Person = Alice }, format);
        var lines = text.TrimEnd('\n').Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            (await Broken([.. lines[..at], .. lines[(at + 1)..]])).ShouldBeTrue($"without line {at}");
            (await Broken([.. lines[..at], lines[at], lines[at], .. lines[(at + 1)..]])).ShouldBeTrue($"line {at} twice");
            if (at > 0)
                (await Broken([.. lines[..(at - 1)], lines[at], lines[at - 1], .. lines[(at + 1)..]])).ShouldBeTrue($"line {at} before the one before it");
            (await Broken(lines[..at])).ShouldBeTrue($"cut before line {at}");
            (await Broken([.. lines[..at], lines[at][..(lines[at].Length / 2)]])).ShouldBeTrue($"cut within line {at}");
        }

        (await Broken(lines)).ShouldBeFalse();

        async Task<bool> Broken(IEnumerable<string> some) => !(await Verify(string.Join('\n', some) + "\n")).Holds;
    }

    /// <summary>Each character of the file, in turn, becomes another; but for when it was exported, which proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Whatever_character_of_a_file_is_changed_is_found_in_its_row(AuditFileFormat format)
    {
        var (text, _) = await Export(new AuditSelection { Person = Alice, From = Now - TimeSpan.FromHours(3) }, format);
        var exportedAt = text.IndexOf("exportedAt", StringComparison.Ordinal);
        var first = text.IndexOf('\n', exportedAt);
        for (var at = first; at < text.Length; at++)
        {
            if (text[at] is '\r' or '\n')
                continue;
            var changed = text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..];
            var found = await Verify(changed);
            var row = 9 + Rows(text[first..at]);
            found.Break.ShouldNotBeNull($"at {at}: {changed[Math.Max(0, at - 20)..Math.Min(changed.Length, at + 20)]}");
            found.Break.Number.ShouldBeInRange(row - 1, row + 1);
        }

        static int Rows(string some) => some.Split("previousHash").Length - 1;
    }

    [Fact]
    public async Task A_row_that_was_asked_for_cannot_be_passed_off_as_a_mere_link()
    {
        var (text, _) = await Export(new AuditSelection { Person = Alice }, AuditFileFormat.Ndjson);
        var lines = text.Split('\n');
        lines[3] = JsonSerializer.Serialize(JsonDocument.Parse(lines[3]).RootElement.EnumerateObject().Where(member => member.Name != "texts").ToDictionary(member => member.Name, member => member.Value));
        (await Verify(string.Join('\n', lines))).Break.ShouldBe(new AuditBreak(3, new AuditProblem.LeftOut()));

        // Not even where the beginning no longer says that it belongs to her request.
        var requests = text.Split('\n');
        requests[0] = requests[0].Replace($"\"{Subject.Of(Request(1)).Value}\",", "", StringComparison.Ordinal);
        (await Verify(string.Join('\n', requests))).Break.ShouldBe(new AuditBreak(2, new AuditProblem.LeftOut()));
    }

    [Fact]
    public async Task A_part_cannot_be_made_to_begin_later()
    {
        var (text, _) = await Export(new AuditSelection { From = Now - TimeSpan.FromHours(5) }, AuditFileFormat.Ndjson);
        var lines = text.Split('\n');
        lines[0].ShouldContain("\"first\":\"7\"");
        var later = string.Join('\n', [lines[0].Replace("\"first\":\"7\"", "\"first\":\"8\"", StringComparison.Ordinal), .. lines[2..]]);
        (await Verify(later)).Break.ShouldBe(new AuditBreak(8, new AuditProblem.LeftOut()));
        var everything = later.Replace($"\"from\":\"{AuditChain.Instant(Now - TimeSpan.FromHours(5))[..10]}", "\"from\":\"2001-01-01", StringComparison.Ordinal);
        (await Verify(everything)).Break.ShouldBe(new AuditBreak(8, new AuditProblem.LeftOut()));
    }

    [Fact]
    public async Task An_anchor_finds_a_history_that_was_cut_restored_or_written_anew()
    {
        var anchors = AuditAnchor.Read(string.Join('\n', (await Store.History.Audit(new(), 0, 100, Ct)).Items.Select(row => $"#{row.Number} {row.Hash[..12]}")));
        (await Store.Verifier.Verify(anchors, Ct)).ShouldSatisfyAllConditions(found => found.Holds.ShouldBeTrue(), found => found.Anchored.ShouldBe(12));

        // Restored from an older copy: head and rows agree.
        await Sql.ExecuteAsync(Store.Database, "DELETE FROM audit WHERE number > 9; DELETE FROM audit_text WHERE number > 9; UPDATE audit_head SET number = 9, hash = (SELECT hash FROM audit WHERE number = 9)", Ct);
        (await Store.Verifier.Verify(Ct)).Holds.ShouldBeTrue();
        (await Store.Verifier.Verify([anchors[11]], Ct)).Break.ShouldBe(new AuditBreak(10, new AuditProblem.AnchorBeyond(12)));

        // And gone on from there, with other rows.
        for (var row = 0; row < 4; row++)
            await Saved(new Changes { Audit = [Row(4, (Carol, "Carol"))] });
        (await Store.Verifier.Verify(Ct)).Holds.ShouldBeTrue();
        (await Store.Verifier.Verify([anchors[11]], Ct)).Break.ShouldBe(new AuditBreak(12, new AuditProblem.AnchorDiffers(0)));
        (await Store.Verifier.Verify([anchors[8], anchors[11]], Ct)).Break.ShouldBe(new AuditBreak(12, new AuditProblem.AnchorDiffers(9)));
        (await Store.Verifier.Verify(anchors, Ct)).Break.ShouldBe(new AuditBreak(10, new AuditProblem.AnchorDiffers(9)));
    }

    [Fact]
    public async Task An_anchor_of_a_row_before_a_part_is_said_to_say_nothing_about_it()
    {
        var (text, _) = await Export(new AuditSelection { From = Now - TimeSpan.FromHours(5) }, AuditFileFormat.Ndjson);
        var found = await Verify(text, "#3 1f0c2d3e4a5b");
        (found.Holds, found.Anchored).ShouldBe((true, 0));
        found.NotCompared.ShouldHaveSingleItem().Number.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Erased_text_is_exported_as_erased(AuditFileFormat format)
    {
        await Sql.ExecuteAsync(Store.Database, "UPDATE audit_text SET salt = NULL, text = NULL WHERE number = 3", Ct);
        var (text, _) = await Export(AuditSelection.All, format);
        var found = await Verify(text);
        (found.Break, found.Erased).ShouldBe((null, 2));
    }

    [Theory]
    [InlineData("salt")]
    [InlineData("text")]
    public async Task What_was_erased_by_half_in_the_database_is_a_break_in_the_export_too(string half)
    {
        await Sql.ExecuteAsync(Store.Database, $"UPDATE audit_text SET {half} = NULL WHERE number = 3 AND field = 'reason'", Ct);
        foreach (var format in (AuditFileFormat[])[AuditFileFormat.Ndjson, AuditFileFormat.Csv])
            (await Verify((await Export(AuditSelection.All, format)).Text)).Break.ShouldBe(new AuditBreak(3, new AuditProblem.TextAltered("reason")));
    }

    [Fact]
    public async Task Every_kind_of_row_becomes_an_event()
    {
        var kinds = typeof(AuditKind).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        await Saved(new Changes { Audit = [.. kinds.Select(kind => Row(1, (Alice, "Alice")) with { Kind = kind })] });
        var text = new StringWriter();
        await Store.Export.Stream(12, text, Ct);

        var events = text.ToString().TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event")).ToList();
        events.Select(one => one.GetProperty("action").GetString()).ShouldBe(kinds);
        events.ShouldAllBe(one => new[] { "success", "failure", "unknown" }.Contains(one.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_spreadsheet_takes_no_name_for_a_formula()
    {
        var (text, _) = await Export(AuditSelection.All, AuditFileFormat.Csv);
        text.ShouldContain(",'=Carol,");
        text.ShouldNotContain(",=Carol,");
    }

    [Fact]
    public async Task What_is_no_payload_is_not_exported()
    {
        await Sql.ExecuteAsync(Store.Database, "UPDATE audit SET payload = 'nothing' WHERE number = 3", Ct);
        (await Should.ThrowAsync<InvalidDataException>(() => Export(AuditSelection.All, AuditFileFormat.Ndjson))).Message.ShouldContain("Row 3");
    }

    [Fact]
    public async Task A_stream_for_a_SIEM_has_every_row_once_and_goes_on_where_it_stopped()
    {
        var first = new StringWriter();
        (await Store.Export.Stream(0, first, Ct)).ShouldBe(12);
        await Saved(new Changes { Audit = [Row(4, (Carol, "Carol"))] });
        var second = new StringWriter();
        (await Store.Export.Stream(12, second, Ct)).ShouldBe(13);

        var events = (first + second.ToString()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        events.Select(one => one.GetProperty("event").GetProperty("sequence").GetInt64()).ShouldBe(Enumerable.Range(1, 13).Select(number => (long)number));
        var last = events[^1];
        last.GetProperty("event").GetProperty("action").GetString().ShouldBe(AuditKind.GrantActive);
        last.GetProperty("event").GetProperty("category")[0].GetString().ShouldBe("iam");
        last.GetProperty("user").GetProperty("target").GetProperty("id").GetString().ShouldBe(Carol);
        last.GetProperty("user").GetProperty("target").GetProperty("name").GetString().ShouldBe("Carol");
        last.GetProperty("group").GetProperty("name").GetString().ShouldBe("/apps/4");
        last.GetProperty("message").GetString().ShouldBe("Granted: Keycloak confirms that Carol has /apps/4, without an end.");
    }

    private async Task<(string Text, AuditExported Exported)> Export(AuditSelection selection, AuditFileFormat format)
    {
        var text = new StringWriter();
        var exported = await Store.Export.Run(selection, format, text, Ct);
        return (text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal), exported);
    }

    private static Task<AuditVerification> Verify(string text, string anchors = "") => AuditFile.Verify(new StringReader(text), AuditAnchor.Read(anchors), Ct);

    private AuditEntry Row(int request, (string Id, string Name)? of) => new()
    {
        Kind = of is null ? AuditKind.RequestReceived : AuditKind.GrantActive,
        Subject = Subject.Of(Request(request)),
        At = Now,
        Facts = of is { Id: var id }
            ? new Dictionary<string, string> { ["beneficiary"] = id, ["target"] = $"group:g-{request}", ["target-name"] = $"/apps/{request}" }
            : new Dictionary<string, string> { ["account"] = "slack:T1/U1" },
        Personal = of is { Name: var name }
            ? new Dictionary<string, string> { ["beneficiary"] = name, ["reason"] = "Ärger mit \"Import\" 🔥\n2" }
            : new Dictionary<string, string>(),
    };

    private static RequestId Request(int number) => new(Samples.Id(number));
}

public sealed class AuditExportOnSqliteTests() : AuditExportTests(DatabaseKind.Sqlite);

public sealed class AuditExportOnPostgreSqlTests() : AuditExportTests(DatabaseKind.PostgreSql);
