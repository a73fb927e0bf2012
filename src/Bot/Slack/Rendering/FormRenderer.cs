using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>A form as a modal. Block ids are the fields' names.</summary>
internal static class FormRenderer
{
    public static View.Modal Render(ChatForm form)
    {
        var place = new FormPlace(form.Id, form.Purpose);
        return new View.Modal(SlackText.Line(form.Title, SlackLimits.ViewTitle), BlockCut.To([.. form.Parts.SelectMany(Part)], SlackLimits.BlocksInView))
        {
            Submit = form.Submit is null ? null : SlackText.Line(form.Submit, SlackLimits.ViewButton),
            Close = SlackText.Line(form.Submit is null ? "Close" : "Cancel", SlackLimits.ViewButton),
            CallbackId = place.Name,
            PrivateMetadata = place.Ids,
        };
    }

    public static Option Option(FormOption option) =>
        new(SlackText.Line(SlackText.CutFront(option.Text, SlackLimits.OptionText), SlackLimits.OptionText), option.Value);

    private static IEnumerable<Block> Part(FormPart part) => part switch
    {
        FormPart.Words words => [new Block.Section { Text = SlackText.Plain(words.Text, SlackLimits.Section) }],
        FormPart.Facts facts => FactRenderer.Render(facts.Items),
        FormPart.Search search => [Search(search)],
        FormPart.Choice choice => [Choice(choice)],
        FormPart.TextField text => [TextField(text)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Block.Input Search(FormPart.Search search) => new(
        search.Name,
        SlackText.Line(search.Label, SlackLimits.Label),
        new Element.ExternalSelect(search.Name, MinQueryLength: 0)
        {
            Placeholder = SlackText.Line(search.Placeholder, SlackLimits.Placeholder),
            InitialOption = search.Picked is null ? null : Option(search.Picked),
        })
    {
        DispatchAction = true,
    };

    private static Block.Input Choice(FormPart.Choice choice)
    {
        var options = choice.Options.Take(SlackLimits.SelectOptions).ToList();
        // The one that is picked beforehand is offered whatever is cut.
        if (choice.Options.FirstOrDefault(option => option.Value == choice.Picked) is { } picked && !options.Contains(picked))
            options[^1] = picked;
        return new Block.Input(
            choice.Name,
            SlackText.Line(choice.Label, SlackLimits.Label),
            new Element.StaticSelect(ActionId(choice), [.. options.Select(Option)])
            {
                InitialOption = options.Find(option => option.Value == choice.Picked) is { } initial ? Option(initial) : null,
            });
    }

    /// <summary>
    /// Slack keeps what was entered in an element of the same ids when a view is updated, also an option that is no longer
    /// offered. Other options are therefore another element.
    /// </summary>
    private static string ActionId(FormPart.Choice choice)
    {
        var offered = string.Join('\n', choice.Options.Select(option => option.Value).Append(choice.Picked ?? ""));
        return $"{choice.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(offered)))[..8]}";
    }

    private static Block.Input TextField(FormPart.TextField field) => new(
        field.Name,
        SlackText.Line(field.Label, SlackLimits.Label),
        new Element.PlainTextInput(field.Name) { Multiline = field.Multiline, MaxLength = Math.Min(field.MaxLength, SlackLimits.TextInput) })
    {
        Hint = field.Hint is null ? null : SlackText.Line(field.Hint, SlackLimits.Hint),
        Optional = field.Optional ? true : null,
    };
}
