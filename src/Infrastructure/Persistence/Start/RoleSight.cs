using Npgsql;

namespace ChatGovernance.Infrastructure.Persistence.Start;

/// <summary>What a role of PostgreSQL is and may do in the schema it works in.</summary>
/// <param name="Creates">It may make tables there.</param>
/// <param name="Owns">Tables that are its own.</param>
internal sealed record RoleSight(string Name, bool IsSuperuser, bool Creates, IReadOnlyList<string> Owns, IReadOnlyList<TablePrivileges> Tables)
{
    private const string RoleSql = "SELECT current_user::text, rolsuper, has_schema_privilege(current_schema(), 'CREATE') FROM pg_roles WHERE rolname = current_user";

    private const string TablesSql = """
        SELECT t.tablename::text, t.tableowner = current_user,
            array(SELECT p FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
                WHERE has_table_privilege(format('%I.%I', t.schemaname, t.tablename), p))
        FROM pg_tables t WHERE t.schemaname = current_schema() ORDER BY t.tablename
        """;

    public static async Task<RoleSight> Read(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        string name;
        bool superuser, creates;
        await using (var command = new NpgsqlCommand(RoleSql, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            (name, superuser, creates) = (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2));
        }

        var owns = new List<string>();
        var tables = new List<TablePrivileges>();
        await using (var command = new NpgsqlCommand(TablesSql, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                tables.Add(new TablePrivileges(reader.GetString(0), reader.GetFieldValue<string[]>(2)));
                if (reader.GetBoolean(1))
                    owns.Add(reader.GetString(0));
            }
        }

        return new RoleSight(name, superuser, creates, owns, tables);
    }
}

internal sealed record TablePrivileges(string Table, IReadOnlyList<string> Privileges);
