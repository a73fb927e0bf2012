using System.Text.Json.Serialization;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>A card of schema 1.5 (https://adaptivecards.io/explorer), the first that has <c>Action.Execute</c> and user-specific views in Teams.</summary>
internal sealed record AdaptiveCard(IReadOnlyList<CardElement> Body)
{
    // Constants: members of every card.
    public string Type { get; init; } = "AdaptiveCard";

    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    public string Version { get; init; } = "1.5";

    public CardRefresh? Refresh { get; init; }
}

/// <summary>Whose clients ask for the card anew when they see it; 60 people at most.</summary>
internal sealed record CardRefresh(CardAction Action)
{
    public IReadOnlyList<string>? UserIds { get; init; }
}

/// <summary>The part of the schema that is used.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Runs), "RichTextBlock")]
[JsonDerivedType(typeof(Markup), "TextBlock")]
[JsonDerivedType(typeof(Group), "Container")]
[JsonDerivedType(typeof(Buttons), "ActionSet")]
[JsonDerivedType(typeof(Choice), "Input.ChoiceSet")]
[JsonDerivedType(typeof(TextInput), "Input.Text")]
internal abstract record CardElement
{
    private protected CardElement()
    {
    }

    /// <summary><c>none</c>, <c>small</c>, … or what is usual.</summary>
    public string? Spacing { get; init; }

    /// <summary>Text that is shown as it is: runs know no markup.</summary>
    public sealed record Runs(IReadOnlyList<TextRun> Inlines) : CardElement;

    /// <summary>Ours alone, never what people wrote: it is read as markup.</summary>
    public sealed record Markup(string Text) : CardElement
    {
        public bool Wrap { get; init; } = true;

        public bool? IsSubtle { get; init; }
    }

    public sealed record Group(IReadOnlyList<CardElement> Items) : CardElement
    {
        public bool? Separator { get; init; }
    }

    public sealed record Buttons(IReadOnlyList<CardAction> Actions) : CardElement;

    public sealed record Choice(string Id, string Label, IReadOnlyList<ChoiceItem> Choices) : CardElement
    {
        /// <summary><c>compact</c>, or <c>filtered</c>: found by typing.</summary>
        public string Style { get; init; } = "compact";

        public string? Placeholder { get; init; }

        public string? Value { get; init; }

        /// <summary>Where more is asked for.</summary>
        [JsonPropertyName("choices.data")]
        public DataQuery? More { get; init; }
    }

    public sealed record TextInput(string Id, string Label) : CardElement
    {
        public bool IsMultiline { get; init; }

        public int MaxLength { get; init; }

        public string? Placeholder { get; init; }

        public string? Value { get; init; }
    }
}

internal sealed record TextRun(string Text)
{
    // A constant: a member of every run.
    public string Type { get; init; } = "TextRun";

    public string? Size { get; init; }

    public string? Weight { get; init; }

    public string? Color { get; init; }

    public bool? IsSubtle { get; init; }
}

internal sealed record ChoiceItem(string Title, string Value);

/// <summary>Asked of the bot while somebody types (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search).</summary>
internal sealed record DataQuery(string Dataset)
{
    public string Type { get; init; } = "Data.Query";
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Execute), "Action.Execute")]
[JsonDerivedType(typeof(Submit), "Action.Submit")]
[JsonDerivedType(typeof(OpenUrl), "Action.OpenUrl")]
[JsonDerivedType(typeof(ShowCard), "Action.ShowCard")]
internal abstract record CardAction
{
    private protected CardAction()
    {
    }

    public string? Title { get; init; }

    /// <summary><c>positive</c>, <c>destructive</c> or nothing.</summary>
    public string? Style { get; init; }

    /// <summary>Answered by the bot with what the card becomes for the one who pressed.</summary>
    public sealed record Execute(string Verb, CardData Data) : CardAction;

    /// <summary>In dialogs, and to open one.</summary>
    public sealed record Submit(CardData Data) : CardAction;

    public sealed record OpenUrl(string Url) : CardAction;

    public sealed record ShowCard(AdaptiveCard Card) : CardAction;
}

/// <summary>What a button carries beside what was entered. It comes back as the client's word: nothing in it is believed.</summary>
internal sealed record CardData
{
    /// <summary>Where the action itself has no verb.</summary>
    public string? Verb { get; init; }

    public string? Value { get; init; }

    /// <summary>The card that it was pressed in, for copies of which the bot does not know that they are there.</summary>
    public string? Card { get; init; }

    /// <summary>Of a form: what it is for, and its ids.</summary>
    public string? Form { get; init; }

    public string? Ids { get; init; }

    /// <summary>Opens a dialog.</summary>
    public CardDialog? Msteams { get; init; }
}

internal sealed record CardDialog
{
    public string Type { get; init; } = "task/fetch";
}
