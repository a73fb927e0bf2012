using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>The bot as it ships, in a process of its own, set by its environment alone.</summary>
public sealed class BotProcess : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private BotProcess(Process process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    public Uri Url { get; }

    public int Id => process.Id;

    /// <summary>Everything it wrote so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it on a free port and waits until it is ready.</summary>
    /// <param name="settings">Keys as the documentation writes them (<c>Slack:BotToken</c>).</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message holds what it wrote.</exception>
    public static async Task<BotProcess> Start(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var bot = Launch(settings, ["serve"], new Uri($"http://127.0.0.1:{FreePort()}"));
        try
        {
            await bot.UntilReady(ct);
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one command of the command line to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(IReadOnlyDictionary<string, string> settings, string[] args, CancellationToken ct)
    {
        await using var bot = Launch(settings, args, new Uri("http://127.0.0.1:0"));
        await bot.process.WaitForExitAsync(ct);
        return (bot.process.ExitCode, bot.Output);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private static BotProcess Launch(IReadOnlyDictionary<string, string> settings, string[] args, Uri url)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "chatgovernance.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        start.Environment["Urls"] = url.ToString();
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = new Process { StartInfo = start };
        var bot = new BotProcess(process, url);
        process.OutputDataReceived += (_, line) => bot.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => bot.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bot;
    }

    private void Keep(string? line)
    {
        if (line is not null)
            output.Enqueue(line);
    }

    private async Task UntilReady(CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler) { BaseAddress = Url };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience;)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The bot ended with {process.ExitCode}: {Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        }

        throw new InvalidOperationException($"The bot was not ready in {patience}: {Output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
