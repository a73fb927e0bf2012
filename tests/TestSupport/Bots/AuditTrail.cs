using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>The audit's rows as they are in the database, read without any of the bot's code.</summary>
public sealed class AuditTrail(string connectionString)
{
    /// <summary>In order; of one subject, where one is given.</summary>
    public async Task<IReadOnlyList<AuditTrailRow>> Read(CancellationToken ct, string? subject = null)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT number, at, kind, subject, payload, hash FROM audit WHERE @subject = '' OR subject = @subject ORDER BY number", connection);
        command.Parameters.AddWithValue("subject", subject ?? "");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<AuditTrailRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new AuditTrailRow(
                reader.GetInt64(0), new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero), reader.GetString(2), reader.GetString(3),
                JsonNode.Parse(reader.GetString(4))!.AsObject(), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(5))));
        }

        return rows;
    }

    /// <summary>Any statement, as somebody with access to the database might run it; how many rows it changed.</summary>
    public async Task<int> Tamper(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The first column of the first row, or null.</summary>
    public async Task<object?> Ask(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }
}

/// <param name="Hash">Lower-case hex.</param>
public sealed record AuditTrailRow(long Number, DateTimeOffset At, string Kind, string Subject, JsonObject Payload, string Hash)
{
    /// <summary>As a line in the audit channel carries it.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"#{Number} {Hash[..12]}");
}
