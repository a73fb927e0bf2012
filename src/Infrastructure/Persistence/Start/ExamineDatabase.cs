using System.Data.Common;
using System.Globalization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>Whether the database answers, has this version's schema, agrees about the time, and lets the bot's role do what it must and no more.</summary>
internal sealed class ExamineDatabase(IDbContextFactory<GovernanceContext> contexts, IOptions<DatabaseOptions> options) : IExaminer
{
    public string Part => "Database";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.OpenConnectionAsync(ct);
            List<Check> checks = [Check.Ok("answers", "It can be reached."), await Schema(db, ct), await Clock(db, ct)];
            if (options.Value.Provider == DatabaseProvider.PostgreSql)
                checks.AddRange(await Roles(ct));
            return checks;
        }
        catch (Exception exception) when (exception.SaidByDatabase() is { } said)
        {
            return [Check.Failed("answers", $"It cannot be read: {said.Message}", $"Check ConnectionStrings:{DatabaseOptions.ConnectionName}, and whether the server runs.")];
        }
    }

    private static async Task<Check> Schema(GovernanceContext db, CancellationToken ct)
    {
        var missing = (await db.Database.GetPendingMigrationsAsync(ct)).Count();
        return missing == 0
            ? Check.Ok("schema", "It has what this version needs.")
            : Check.Failed("schema", $"It lacks {missing.ToString(CultureInfo.InvariantCulture)} migrations of this version.", "Run chatgovernance migrate.");
    }

    private static async Task<Check> Clock(GovernanceContext db, CancellationToken ct)
    {
        await db.ReadClock(ct); // the first question takes long for reasons of its own
        var asked = TimeProvider.System.GetUtcNow();
        return await db.ReadClock(ct) is { } clock
            ? Clocks.Compare("clock", "The database's clock", clock, asked, TimeProvider.System.GetUtcNow(), DatabaseTime.Tolerance)
            : Check.Ok("clock", "It has no clock but this machine's.");
    }

    private async Task<IReadOnlyList<Check>> Roles(CancellationToken ct)
    {
        var bot = await RoleSight.Read(options.Value.ConnectionString, ct);
        List<Check> checks = [OfBot(bot)];
        if (options.Value.MigrationsConnectionString is not { } migrations)
            return checks;

        try
        {
            checks.Add(OfOwner(await RoleSight.Read(migrations, ct), bot));
        }
        catch (DbException exception)
        {
            checks.Add(Check.Failed("owner's role", $"It cannot be used: {exception.Message}", $"Check ConnectionStrings:{DatabaseOptions.MigrationsName}."));
        }

        return checks;
    }

    private static Check OfBot(RoleSight role)
    {
        const string Name = "bot's role";
        if (role.IsSuperuser)
            return Check.Failed(Name, $"{role.Name} is a superuser: it could change the audit, and everything else on the server.", "Give the bot a role of its own (docs/settings.md, Two database roles).");
        if (role.Owns.Count > 0)
            return Check.Warning(Name, $"{role.Name} owns the schema, so it could change the audit.", $"Give the bot a role that owns nothing, and the owner's to ConnectionStrings:{DatabaseOptions.MigrationsName}.");
        var (missing, excess) = BotRole.Compare(role.Tables);
        if (missing.Count > 0)
            return Check.Failed(Name, $"{role.Name} lacks {Sentences.List(missing, 5)}.", "Run chatgovernance migrate as the owner.");
        string[] more = [.. excess, .. role.Creates ? ["CREATE on the schema"] : Array.Empty<string>()];
        return more.Length > 0
            ? Check.Failed(Name, $"{role.Name} may do more than it needs: {Sentences.List(more, 5)}.", "Take that away; chatgovernance migrate, run as the owner, does so for its tables.")
            : Check.Ok(Name, $"{role.Name} may do what it needs, and no more.");
    }

    private static Check OfOwner(RoleSight owner, RoleSight bot)
    {
        const string Name = "owner's role";
        if (owner.Name == bot.Name)
            return Check.Warning(Name, "It is the bot's own role.", $"Give ConnectionStrings:{DatabaseOptions.MigrationsName} a role of its own, or leave it out.");
        var others = owner.Tables.Select(table => table.Table).Except(owner.Owns, StringComparer.Ordinal).ToList();
        return others.Count == 0
            ? Check.Ok(Name, $"{owner.Name} owns the schema.")
            : Check.Failed(Name, $"{owner.Name} does not own {Sentences.List(others, 5)}.", "Let one role own all tables of the bot.");
    }
}
