using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>The audit's head is told outside every day, and on demand; who keeps it can prove what the chain was.</summary>
public abstract class AnchorTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("anchors").FullName;

    private string FilePath => Path.Combine(folder, "anchors.txt");

    private AnchorFile File => new(FilePath, Store.History);

    private PostAnchor Anchor => new(Store.History, Store.Deployment, Store.Commits, Clock);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_is_told_once_a_day_however_many_replicas_there_are()
    {
        (await Anchor.Daily(Ct)).ShouldBeNull();
        await Ask();
        (await Anchor.Daily(Ct)).ShouldBeNull();
        for (var day = 0; day < 3; day++)
        {
            await Pass(Hours(24));
            var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Anchor.Daily(Ct)));
            replicas.Count(told => told is not null).ShouldBe(1);
            (await Anchor.Daily(Ct)).ShouldBeNull();
        }

        await Work();
        ToldInChannel().Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_told_in_the_channel_fits_the_chain_and_no_chain_that_was_written_anew()
    {
        await Ask();
        var head = await Store.History.AuditHead(Ct);
        (await Anchor.Now(Ct)).ShouldBe(head);
        await Work();

        var told = ToldInChannel().ShouldHaveSingleItem();
        told.ShouldStartWith($"The audit's head: #{head.Number} {head.Hash}. ");
        var anchors = AuditAnchor.Read(told);
        anchors.ShouldBe([new AuditAnchor(head.Number, head.Hash)]);
        (await Store.Verifier.Verify(anchors, Ct)).ShouldSatisfyAllConditions(found => found.Break.ShouldBeNull(), found => found.Anchored.ShouldBe(1));
        (await Store.Verifier.Verify([anchors[0] with { Hash = new string('0', 64) }], Ct)).Break.ShouldBe(new AuditBreak(head.Number, new AuditProblem.AnchorDiffers(0)));
    }

    [Fact]
    public async Task On_demand_it_is_told_as_often_as_somebody_asks()
    {
        (await Anchor.Now(Ct)).ShouldBeNull();
        await Ask();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Anchor.Now(Ct)));
        await Work();
        ToldInChannel().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Every_head_stands_in_the_file_once_also_after_the_process_died_before_it_was_written_or_while_it_was()
    {
        (await File.CatchUp(Ct)).ShouldBe(0);
        await Ask();
        List<AuditHead> heads = [(await Anchor.Now(Ct))!, (await Anchor.Now(Ct))!];
        (await File.Missing(Ct)).ShouldBe(2);
        (await File.CatchUp(Ct)).ShouldBe(2);
        (await File.CatchUp(Ct)).ShouldBe(0);

        // It died while it wrote the next one.
        heads.Add((await Anchor.Now(Ct))!);
        await System.IO.File.AppendAllTextAsync(FilePath, $"2027-01-04T09:00:00.000Z #{heads[^1].Number} {heads[^1].Hash}", Ct);
        (await File.CatchUp(Ct)).ShouldBe(1);
        (await File.Missing(Ct)).ShouldBe(0);

        var anchors = AuditAnchor.Read(await System.IO.File.ReadAllTextAsync(FilePath, Ct)).Distinct().ToList();
        anchors.ShouldBe(heads.Select(head => new AuditAnchor(head.Number, head.Hash)));
        (await Store.Verifier.Verify(anchors, Ct)).ShouldSatisfyAllConditions(found => found.Break.ShouldBeNull(), found => found.Anchored.ShouldBe(3));
    }

    [Fact]
    public async Task A_file_that_was_taken_away_is_written_anew_with_all_of_them()
    {
        await Ask();
        for (var told = 1; told <= 3; told++)
        {
            await Anchor.Now(Ct);
            System.IO.File.Delete(FilePath);
            (await File.CatchUp(Ct)).ShouldBe(told);
        }
    }

    private List<string> ToldInChannel() => [.. AuditLines.Where(line => line.StartsWith("The audit's head", StringComparison.Ordinal))];
}

public sealed class SqliteAnchorTests() : AnchorTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlAnchorTests() : AnchorTests(DatabaseKind.PostgreSql);
