using System.Text.Json.Serialization;

namespace ChatGovernance.Bot.Slack.Rendering;

/// <summary>The part of Block Kit that is used (https://docs.slack.dev/reference/block-kit/blocks).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Header), "header")]
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Context), "context")]
[JsonDerivedType(typeof(Actions), "actions")]
[JsonDerivedType(typeof(Input), "input")]
internal abstract record Block
{
    private protected Block()
    {
    }

    public sealed record Header(TextObject Text) : Block;

    public sealed record Section : Block
    {
        public TextObject? Text { get; init; }

        public IReadOnlyList<TextObject>? Fields { get; init; }
    }

    public sealed record Context(IReadOnlyList<TextObject> Elements) : Block;

    public sealed record Actions(IReadOnlyList<Element> Elements) : Block;

    public sealed record Input(string BlockId, TextObject Label, Element Element) : Block
    {
        public TextObject? Hint { get; init; }

        public bool? Optional { get; init; }

        public bool? DispatchAction { get; init; }
    }
}

/// <summary>Text in a block. Members are of this type, not of a derived one: only then is its <c>type</c> written.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
[JsonDerivedType(typeof(Markup), "mrkdwn")]
internal abstract record TextObject;

/// <summary>Shown as it is; colons make no emoji.</summary>
internal sealed record PlainText(string Text) : TextObject
{
    // A constant: a member of every text.
    public bool Emoji { get; init; }
}

/// <summary>Ours alone, never what people wrote.</summary>
internal sealed record Markup(string Text) : TextObject
{
    /// <summary>Finds no links and names by itself.</summary>
    public bool Verbatim { get; init; } = true;
}

/// <summary>Interactive elements (https://docs.slack.dev/reference/block-kit/block-elements).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(ExternalSelect), "external_select")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
internal abstract record Element(string ActionId)
{
    public sealed record Button(string ActionId, TextObject Text) : Element(ActionId)
    {
        public string? Value { get; init; }

        /// <summary>What a browser opens; a click is told to us as well, and means nothing.</summary>
        public string? Url { get; init; }

        /// <summary><c>primary</c>, <c>danger</c> or nothing.</summary>
        public string? Style { get; init; }

        public ConfirmObject? Confirm { get; init; }
    }

    public sealed record StaticSelect(string ActionId, IReadOnlyList<Option> Options) : Element(ActionId)
    {
        public Option? InitialOption { get; init; }
    }

    public sealed record ExternalSelect(string ActionId, int MinQueryLength) : Element(ActionId)
    {
        public TextObject? Placeholder { get; init; }

        public Option? InitialOption { get; init; }
    }

    public sealed record PlainTextInput(string ActionId) : Element(ActionId)
    {
        public bool Multiline { get; init; }

        public int MaxLength { get; init; }
    }
}

internal sealed record Option(TextObject Text, string Value);

/// <summary>A modal or a Home tab (https://docs.slack.dev/reference/views).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Modal), "modal")]
[JsonDerivedType(typeof(Home), "home")]
internal abstract record View(IReadOnlyList<Block> Blocks)
{
    public sealed record Modal(TextObject Title, IReadOnlyList<Block> Blocks) : View(Blocks)
    {
        public TextObject? Submit { get; init; }

        public required TextObject Close { get; init; }

        public required string CallbackId { get; init; }

        public required string PrivateMetadata { get; init; }
    }

    public sealed record Home(IReadOnlyList<Block> Blocks) : View(Blocks);
}

/// <summary>Asked before a press counts.</summary>
internal sealed record ConfirmObject(TextObject Title, TextObject Text, TextObject Confirm, TextObject Deny);
