using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>
/// An ASP.NET Core endpoint that checks nothing, stores each body as a row and answers 200: the least that "on disk before it is answered" costs.
/// It runs as a process of its own.
/// </summary>
internal static class BareEndpoint
{
    public const string Command = "bare-endpoint";
    public const string Grouped = "--grouped";

    private const string Database = "BENCHMARK_DATABASE";
    private const int GroupAtMost = 64;
    private const int CommitsAtOnce = 4;

    /// <param name="grouped">Whatever arrives while four commits run goes into the next one, in one statement; else one commit a request.</param>
    public static Task<MeasuredProcess> Start(string connectionString, bool grouped, CancellationToken ct) => MeasuredProcess.Start(
        [.. Cores.First, "dotnet", Assembly.GetExecutingAssembly().Location, Command, .. grouped ? (string[])[Grouped] : []],
        new Dictionary<string, string> { [Database] = connectionString },
        ct);

    /// <summary>What the process does.</summary>
    public static async Task Serve(bool grouped, CancellationToken ct)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Database)) { Options = "-c synchronous_commit=on" };
        await using var database = NpgsqlDataSource.Create(connectionString);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        Func<byte[], Task> store = body => One(database, body);
        if (grouped)
        {
            var waiting = Channel.CreateUnbounded<Row>();
            for (var commit = 0; commit < CommitsAtOnce; commit++)
                _ = InGroups(database, waiting.Reader, ct);
            store = body =>
            {
                var row = new Row(body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                waiting.Writer.TryWrite(row);
                return row.Stored.Task;
            };
        }

        app.Run(async context =>
        {
            using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await store(body.ToArray());
        });
        await app.StartAsync(ct);
        await Console.Out.WriteLineAsync(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await app.WaitForShutdownAsync(ct);
    }

    private static async Task One(NpgsqlDataSource database, byte[] body)
    {
        await using var insert = database.CreateCommand("INSERT INTO deliveries (key, payload) VALUES ($1, $2)");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NewKey() });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        await insert.ExecuteNonQueryAsync();
    }

    private static async Task InGroups(NpgsqlDataSource database, ChannelReader<Row> waiting, CancellationToken ct)
    {
        while (await waiting.WaitToReadAsync(ct))
        {
            var rows = new List<Row>();
            while (rows.Count < GroupAtMost && waiting.TryRead(out var row))
                rows.Add(row);
            if (rows.Count == 0)
                continue;
            try
            {
                await using var insert = database.CreateCommand("INSERT INTO deliveries (key, payload) SELECT * FROM unnest($1, $2)");
                insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. rows.Select(_ => NewKey())] });
                insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. rows.Select(row => row.Body)] });
                await insert.ExecuteNonQueryAsync(ct);
                rows.ForEach(row => row.Stored.SetResult());
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                rows.ForEach(row => row.Stored.SetException(problem)); // each is answered 500, and the measurement ends
            }
        }
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private sealed record Row(byte[] Body, TaskCompletionSource Stored);
}
