using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>
/// What the bot's own role may do where another role owns the schema (PostgreSQL only): read and append the audit, move its head,
/// and read, add and change everything else. Nothing is deleted but what webhooks have received and what the
/// API has answered, and no table is made or altered.
/// </summary>
internal static class BotRole
{
    private static readonly Dictionary<string, string> special = new()
    {
        ["audit"] = "SELECT, INSERT",
        ["audit_text"] = "SELECT, INSERT",
        ["audit_head"] = "SELECT, UPDATE",
        ["replies"] = "SELECT, INSERT, UPDATE, DELETE",
        ["webhook_events"] = "SELECT, INSERT, UPDATE, DELETE",
        [HistoryRepository.DefaultTableName] = "SELECT",
    };

    private const string Usual = "SELECT, INSERT, UPDATE";

    /// <summary>What a role lacks of that, and what it has beyond, each as <c>DELETE on audit</c>.</summary>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<string> Excess) Compare(IReadOnlyList<TablePrivileges> tables)
    {
        List<string> missing = [];
        List<string> excess = [];
        foreach (var table in tables)
        {
            var needed = special.GetValueOrDefault(table.Table, Usual).Split(", ");
            missing.AddRange(needed.Except(table.Privileges).Select(privilege => $"{privilege} on {table.Table}"));
            excess.AddRange(table.Privileges.Except(needed).Select(privilege => $"{privilege} on {table.Table}"));
        }

        return (missing, excess);
    }

    /// <summary>Gives exactly that, in one transaction: what an earlier version gave and this one does not need is taken back.</summary>
    /// <param name="owner">An open connection as the owner of the schema.</param>
    /// <param name="role">The bot's; it exists.</param>
    public static async Task Grant(NpgsqlConnection owner, string role, CancellationToken ct)
    {
        await using var transaction = await owner.BeginTransactionAsync(ct);
        var schema = (string)(await Ask(owner, "SELECT current_schema()", ct))!;
        var (to, where) = (Quoted(role), Quoted(schema));
        await Execute(owner, $"GRANT USAGE ON SCHEMA {where} TO {to}", ct);
        foreach (var table in await Tables(owner, schema, ct))
        {
            await Execute(owner, $"REVOKE ALL ON {where}.{Quoted(table)} FROM {to}", ct);
            await Execute(owner, $"GRANT {special.GetValueOrDefault(table, Usual)} ON {where}.{Quoted(table)} TO {to}", ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task<IReadOnlyList<string>> Tables(NpgsqlConnection owner, string schema, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tableowner = current_user ORDER BY tablename", owner);
        command.Parameters.Add(new() { Value = schema });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new List<string>();
        while (await reader.ReadAsync(ct))
            tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task<object?> Ask(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
