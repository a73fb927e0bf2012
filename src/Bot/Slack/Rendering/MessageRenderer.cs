using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>A message as blocks, with the text that notifications show.</summary>
internal sealed record RenderedMessage(string Text, IReadOnlyList<Block> Blocks);

internal static class MessageRenderer
{
    public static RenderedMessage Render(ChatMessage message)
    {
        List<Block> top = [new Block.Header(SlackText.Line(message.Title, SlackLimits.Header))];
        // A header that had to be cut would hide who and what.
        if (SlackText.Measure(message.Title) > SlackLimits.Header)
            top.Add(new Block.Section { Text = SlackText.Plain(message.Title, SlackLimits.Section) });
        top.AddRange(message.Lines.Select(line => new Block.Section { Text = SlackText.Plain(line, SlackLimits.Section) }));
        top.AddRange(FactRenderer.Render(message.Facts));

        List<Block> bottom = [.. ActionRenderer.Render(message.Actions)];
        if (!string.IsNullOrWhiteSpace(message.Small))
            bottom.Add(new Block.Context([SlackText.Plain(message.Small, SlackLimits.Context)]));
        return new RenderedMessage(Fallback(message), [.. BlockCut.To(top, SlackLimits.BlocksInMessage - bottom.Count), .. bottom]);
    }

    /// <summary>Title and facts; read as markup in some places, so escaped.</summary>
    private static string Fallback(ChatMessage message)
    {
        var text = string.Join('\n', message.Facts.Select(FactRenderer.Line).Prepend(message.Title));
        return SlackText.Escape(SlackText.Cut(text, SlackLimits.MessageText));
    }
}
