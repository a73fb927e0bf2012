using System.Text;
using ChatGovernance.Core.Policies;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Policies;

/// <summary>The section <c>Policy</c> of the configuration.</summary>
public sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>Null: no policy beyond what groups and roles carry.</summary>
    public string? File { get; set; }
}

public sealed class PolicyFile(IOptions<PolicyOptions> options) : IPolicyFile
{
    /// <summary>Text that is read and written again has the same bytes, and so the same version.</summary>
    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool IsSet => !string.IsNullOrWhiteSpace(options.Value.File);

    public Task<PolicyReading> Read(CancellationToken ct) => Read(options.Value.File!, ct);

    public PolicyReading Parse(string text) => PolicyParser.Parse(text);

    public static async Task<PolicyReading> Read(string path, CancellationToken ct)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > PolicyParser.MostBytes })
                return new PolicyReading.Bad(["The file is larger than 1 MiB."]);
            return PolicyParser.Parse(strict.GetString(await File.ReadAllBytesAsync(path, ct)));
        }
        catch (DecoderFallbackException)
        {
            return new PolicyReading.Bad(["The file is not UTF-8: save it as that."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new PolicyReading.Bad([$"The file cannot be read ({exception.GetType().Name}): see that it is there and the bot may read it."]);
        }
    }
}
