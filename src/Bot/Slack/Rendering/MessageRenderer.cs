using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>A message as blocks, with the text that notifications show.</summary>
internal sealed record RenderedMessage(string Text, IReadOnlyList<Block> Blocks);

internal static class MessageRenderer
{
    // Room that is kept for what is said, however many buttons there are.
    private const int TopAtLeast = 10;

    public static RenderedMessage Render(ChatMessage message, ILoginAddresses? addresses)
    {
        List<Block> top = [.. Title(message)];
        top.AddRange(message.Lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => new Block.Section { Text = SlackText.Plain(line, SlackLimits.Section) }));
        top.AddRange(FactRenderer.Render(message.Facts));

        List<Block> bottom = [.. BlockCut.To([.. ActionRenderer.Render(message.Actions, addresses)], SlackLimits.BlocksInMessage - TopAtLeast)];
        if (!string.IsNullOrWhiteSpace(message.Small))
            bottom.Add(new Block.Context([SlackText.Plain(message.Small, SlackLimits.Context)]));
        return new RenderedMessage(Fallback(message), [.. BlockCut.To(top, SlackLimits.BlocksInMessage - bottom.Count), .. bottom]);
    }

    /// <summary>Something said in one line needs no headline, and a headline that had to be cut would hide who and what.</summary>
    private static IEnumerable<Block> Title(ChatMessage message)
    {
        var saidInOneLine = message is { Lines.Count: 0, Facts.Count: 0, Actions.Count: 0 };
        if (!saidInOneLine)
            yield return new Block.Header(SlackText.Line(message.Title, SlackLimits.Header));
        if (saidInOneLine || SlackText.Measure(message.Title) > SlackLimits.Header)
            yield return new Block.Section { Text = SlackText.Plain(message.Title, SlackLimits.Section) };
    }

    /// <summary>Title and facts; read as markup in some places, so escaped.</summary>
    private static string Fallback(ChatMessage message)
    {
        var text = string.Join('\n', message.Facts.Select(FactRenderer.Line).Prepend(message.Title));
        return SlackText.Escape(SlackText.Cut(text, SlackLimits.MessageText));
    }
}
