using System.Globalization;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Rendering;

internal static class HomeRenderer
{
    public static View.Home Render(ChatHome home) => new(BlockCut.To([.. ActionRenderer.Render(home.Actions), .. home.Sections.SelectMany(Section)], SlackLimits.BlocksInView));

    private static IEnumerable<Block> Section(HomeSection section)
    {
        yield return new Block.Header(SlackText.Line(section.Title, SlackLimits.Header));
        if (section.Items.Count == 0)
            yield return new Block.Section { Text = SlackText.Plain(section.IfEmpty, SlackLimits.Section) };
        foreach (var block in section.Items.SelectMany(Item))
            yield return block;
        if (section.More > 0)
            yield return new Block.Context([SlackText.Plain(string.Create(CultureInfo.InvariantCulture, $"and {section.More} more"), SlackLimits.Context)]);
    }

    /// <summary>Few blocks for each: three sections of fifteen have to fit.</summary>
    private static IEnumerable<Block> Item(HomeItem item)
    {
        var title = SlackText.Plain(item.Title, SlackLimits.Section);
        var facts = FactRenderer.Render(item.Facts).ToList();
        if (facts is [Block.Section { Text: null } first, ..])
            facts[0] = first with { Text = title };
        else
            facts.Insert(0, new Block.Section { Text = title });
        return facts.Concat(ActionRenderer.Render(item.Actions));
    }
}
