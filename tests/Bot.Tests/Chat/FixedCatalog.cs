using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Bot.Tests.Chat;

internal sealed class FixedCatalog : ICatalog
{
    public static readonly CatalogEntry Production = Entry("8f0c", "/production/database-readers", new AccessRule
    {
        Description = "Read access to the production database",
        Stages = [new Stage([new GroupRef(new GroupId("a1"), "/approvers/database")])],
        MaxDuration = TimeSpan.FromDays(7),
    });

    public static readonly CatalogEntry Demo = Entry("77ab", "/demo", new AccessRule
    {
        Stages = [new Stage([new GroupRef(new GroupId("a1"), "/approvers/database")])],
        MaxDuration = TimeSpan.FromMinutes(30),
        DefaultDuration = TimeSpan.FromMinutes(30),
        TicketPatterns = ["OPS-[0-9]+"],
    });

    public Catalog Current { get; set; } = Only(Production, Demo);

    public static Catalog Only(params IReadOnlyList<CatalogEntry> entries) => new(DateTimeOffset.UnixEpoch, entries, []);

    public static CatalogEntry Entry(string id, string name, AccessRule? rule = null) => new(
        new TargetId(TargetKind.Group, id), name, rule ?? new AccessRule { Stages = [new Stage([new GroupRef(new GroupId("a1"), "/approvers")])] }, ["db-read"]);
}
