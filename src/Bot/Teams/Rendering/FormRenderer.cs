using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>Where a form is shown.</summary>
internal enum FormSurface
{
    /// <summary>Before the chat.</summary>
    Dialog,

    /// <summary>A message of its own, for clients without dialogs.</summary>
    Chat,

    /// <summary>In the place of a card, which comes back.</summary>
    Card,
}

/// <summary>A form that is shown, with what was entered and what is wrong with it.</summary>
/// <param name="Choices">Offered in a field that is searched, without a search.</param>
internal sealed record ShownForm(ChatForm Form, FormSurface Surface, IReadOnlyList<FormOption> Choices)
{
    /// <summary>The card whose place it takes, or that asked for it, as <see cref="CardName"/> writes it.</summary>
    public string? Card { get; init; }

    public FormInput Entered { get; init; } = new(new Dictionary<string, string>());

    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>A form as a card. The inputs' ids are the fields' names.</summary>
internal static class FormRenderer
{
    private const int Label = 100;
    private const int OptionText = 100;
    private const int Hint = 200;

    /// <summary>Of what is too long, so much more than fits is given back.</summary>
    private const int Excess = 200;

    public static AdaptiveCard Render(ShownForm shown) => CardFit.Draw((text, most) => new AdaptiveCard(
    [
        .. shown.Surface == FormSurface.Dialog ? [] : text.Runs(shown.Form.Title, run => run with { Size = "medium", Weight = "bolder" }),
        .. shown.Form.Parts.SelectMany(part => Part(part, shown, text, most)),
        new CardElement.Buttons([.. Buttons(shown)]),
    ]));

    private static IEnumerable<CardAction> Buttons(ShownForm shown)
    {
        var place = new FormPlace(shown.Form.Id, shown.Form.Purpose);
        var data = new CardData { Form = place.Name, Ids = place.Ids, Card = shown.Card };
        if (shown.Form.Submit is { } submit)
            yield return Button(shown, CardVerbs.Send, data) with { Title = submit, Style = shown.Form.Purpose is FormPurpose.Deny ? "destructive" : "positive" };
        if (shown.Form.Submit is not null && shown.Form.Parts.OfType<FormPart.Search>().Any())
            yield return Button(shown, CardVerbs.Pick, data) with { Title = "Show details" };
        if (shown.Surface == FormSurface.Card)
            yield return Button(shown, CardVerbs.Refresh, new CardData { Card = shown.Card }) with { Title = "Back" };
    }

    /// <summary>Dialogs take what is submitted, cards in the chat what is executed.</summary>
    private static CardAction Button(ShownForm shown, string verb, CardData data) => shown.Surface == FormSurface.Dialog
        ? new CardAction.Submit(data with { Verb = verb })
        : new CardAction.Execute(verb, data);

    private static IEnumerable<CardElement> Part(FormPart part, ShownForm shown, CardText text, int most) => part switch
    {
        FormPart.Words words => text.Runs(CardText.Own(words.Text)),
        FormPart.Facts facts => CardFit.Some(facts.Items, most, text.Fact, text),
        FormPart.Search search => [Search(search, shown, text, most), .. Errors(search.Name, shown, text)],
        FormPart.Choice choice => [Choice(choice, shown, text), .. Errors(choice.Name, shown, text)],
        FormPart.TextField field => [TextField(field, shown, text), .. Errors(field.Name, shown, text)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<CardElement> Errors(string field, ShownForm shown, CardText text) =>
        shown.Errors.Where(error => error.Field == field).SelectMany(error => text.Runs(CardText.Own(error.Message), run => run with { Color = "attention" }));

    private static CardElement.Choice Search(FormPart.Search search, ShownForm shown, CardText text, int most)
    {
        var entered = shown.Entered[search.Name];
        var value = entered.Length > 0 && shown.Choices.Any(choice => choice.Value == entered) ? entered : search.Picked?.Value;
        var choices = search.Picked is { } picked && shown.Choices.All(choice => choice.Value != picked.Value) ? [picked, .. shown.Choices] : shown.Choices;
        var field = new CardElement.Choice(search.Name, text.Line(search.Label, Label), [.. choices.Take(most).Select(choice => Option(choice, text))]) { Value = value };
        return choices.Count <= Math.Min(most, TeamsLimits.ChoicesAtAGlance)
            ? field with { Placeholder = "Choose one" }
            : field with { Style = "filtered", Placeholder = text.Line(search.Placeholder, Hint), More = new DataQuery(CardVerbs.Targets) };
    }

    /// <summary>What is chosen and not offered any more is not chosen.</summary>
    private static CardElement.Choice Choice(FormPart.Choice choice, ShownForm shown, CardText text)
    {
        var entered = shown.Entered[choice.Name];
        return new CardElement.Choice(choice.Name, text.Line(choice.Label, Label), [.. choice.Options.Select(option => Option(option, text))])
        {
            Value = choice.Options.Any(option => option.Value == entered) ? entered : choice.Picked,
        };
    }

    private static CardElement.TextInput TextField(FormPart.TextField field, ShownForm shown, CardText text) =>
        new(field.Name, text.Line(field.Optional ? $"{field.Label} (optional)" : field.Label, Label))
        {
            IsMultiline = field.Multiline,
            MaxLength = field.MaxLength,
            Placeholder = field.Hint is null ? null : text.Line(field.Hint, Hint),
            Value = shown.Entered[field.Name] is { Length: > 0 } entered ? Core.Text.Cut(entered, field.MaxLength + Excess) : null,
        };

    private static ChoiceItem Option(FormOption option, CardText text) => new(text.Line(option.Text, OptionText), option.Value);
}
