using ChatGovernance.Core.Health;
using ChatGovernance.Core.Inquiries;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Whether every head that was told stands in the file.</summary>
internal sealed class ExamineAnchors(IHistory history, IOptions<AnchorOptions> options) : IExaminer
{
    private const string Name = "anchors";

    public string Part => "Audit";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        var path = options.Value.AnchorFile!;
        try
        {
            return await new AnchorFile(path, history).Missing(ct) switch
            {
                0 => [Check.Ok(Name, $"Every head of the audit that was told stands in {path}.")],
                var missing => [Check.Failed(Name, $"{(missing == 1 ? "1 head" : $"{missing} heads")} of the audit are not in {path} yet.", "Look whether the bot runs and may write there; it is made up for within a minute.")],
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [Check.Failed(Name, $"Audit:AnchorFile cannot be read: {exception.Message}", "Let the bot read and write there.")];
        }
    }
}
