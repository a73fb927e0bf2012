using System.Globalization;

namespace ChatGovernance.Bot.Slack.Rendering;

internal static class BlockCut
{
    /// <summary>At most so many blocks; where some are missing, the last one says so.</summary>
    public static IReadOnlyList<Block> To(IReadOnlyList<Block> blocks, int max) => blocks.Count <= max
        ? blocks
        :
        [
            .. blocks.Take(max - 1),
            new Block.Context([SlackText.Plain(string.Create(CultureInfo.InvariantCulture, $"… and more ({blocks.Count - max + 1} parts) that there is no room for here."), SlackLimits.Context)]),
        ];
}
