using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Reflection;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>The bot as it ships, in a process of its own, set by its environment alone. It ends when this is disposed of.</summary>
public sealed class BotProcess : IAsyncDisposable
{
    /// <summary>A setting with this value is given the address that the bot gets.</summary>
    public const string OwnUrl = "{the bot's own address}";

    private const int KeptLines = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sections that a machine's own environment must not mix in.</summary>
    private static readonly string[] Sections =
        ["Slack", "Teams", "Keycloak", "Login", "Database", "ConnectionStrings", "Identity", "Access", "Policy", "Workers", "Api", "Urls", "PublicUrl", "ASPNETCORE", "OTEL"];

    private readonly Process _process;
    private bool _disposed;
    private readonly ConcurrentQueue<string> _lines = new();

    private BotProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Of the process, as the machine numbers it.</summary>
    public int Id => _process.Id;

    /// <summary>Ends when the process does.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <summary>The last lines it wrote.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Path of the bot: the one that <c>CHATGOVERNANCE_BOT</c> names, or the one that this was built with.</summary>
    /// <exception cref="SandboxException">It is not there any more.</exception>
    internal static string BotAssembly
    {
        get
        {
            if (Environment.GetEnvironmentVariable("CHATGOVERNANCE_BOT") is { Length: > 0 } published) return published;
            string assembly = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == nameof(BotAssembly)).Value!;
            return File.Exists(assembly) ? assembly : throw new SandboxException($"The bot is not built: {assembly} is missing. Build src/Sandbox again.");
        }
    }

    /// <summary>Starts it on a free port and waits until it is ready.</summary>
    /// <param name="settings">Keys as the environment has them (<c>Slack__BotToken</c>), or as the documentation writes them (<c>Slack:BotToken</c>).</param>
    /// <param name="said">Gets every line it writes.</param>
    /// <param name="under">Words in front of its command line: a command that becomes it, such as <c>taskset -c 0</c>.</param>
    /// <exception cref="SandboxException">It ended, or was not ready within a minute.</exception>
    public static async Task<BotProcess> Start(IReadOnlyDictionary<string, string> settings, Action<string> said, CancellationToken ct, IReadOnlyList<string>? under = null)
    {
        BotProcess bot = Launch(settings, [], new Uri($"http://127.0.0.1:{Ports.Free()}"), said, under ?? []);
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

    /// <summary>Runs one of its commands to the end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(IReadOnlyDictionary<string, string> settings, string[] arguments, CancellationToken ct)
    {
        await using BotProcess command = Launch(settings, arguments, new Uri("http://127.0.0.1:0"), _ => { }, []);
        await command._process.WaitForExitAsync(ct);
        return (command._process.ExitCode, command.Output);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as whatever runs it does (SIGTERM), and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop(CancellationToken ct)
    {
        using var asking = Process.Start("sh", ["-c", $"kill -TERM {Id}"]);
        await asking.WaitForExitAsync(ct);
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private static BotProcess Launch(IReadOnlyDictionary<string, string> settings, string[] arguments, Uri url, Action<string> said, IReadOnlyList<string> under)
    {
        string assembly = BotAssembly;
        string dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        string[] words = [.. under, dotnet, assembly, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        foreach (string inherited in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(inherited);
        start.Environment["Urls"] = url.ToString();
        foreach ((string key, string value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value == OwnUrl ? url.ToString() : value;

        var process = new Process { StartInfo = start };
        var bot = new BotProcess(process, url);
        process.OutputDataReceived += (_, line) => bot.Keep(line.Data, said);
        process.ErrorDataReceived += (_, line) => bot.Keep(line.Data, said);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bot;
    }

    private static bool IsSetting(string variable) =>
        Sections.Any(s => variable.Equals(s, StringComparison.OrdinalIgnoreCase) || variable.StartsWith($"{s}_", StringComparison.OrdinalIgnoreCase));

    private void Keep(string? line, Action<string> said)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        while (_lines.Count > KeptLines) _lines.TryDequeue(out _);
        said(line);
    }

    private async Task UntilReady(CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Url };
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            while (!await IsReady(http, either.Token)) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new SandboxException($"The bot was not ready within {Patience.TotalSeconds:0} s.\n{Output}");
        }
    }

    private async Task<bool> IsReady(HttpClient http, CancellationToken ct)
    {
        if (_process.HasExited) throw new SandboxException($"The bot ended at once ({_process.ExitCode}).\n{Output}");
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
