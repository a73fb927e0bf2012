using System.Text.Json;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>A message of the bot's, as somebody sees it at a moment.</summary>
/// <param name="Root">The message at the root of its thread; null: it is in none.</param>
/// <param name="Card">What is in it, for this person.</param>
public sealed record TeamsMessage(string Conversation, string Id, string? Root, string Summary, JsonElement Card)
{
    /// <summary>Everything that can be read, in order, line by line.</summary>
    public string AllText => string.Join('\n', CardReader.Texts(Card));

    public IReadOnlyList<CardButton> Buttons => [.. CardReader.Buttons(Card)];

    /// <summary>Values that the inputs have when they are not touched.</summary>
    public IReadOnlyDictionary<string, string> Inputs => CardReader.Inputs(Card);
}

/// <param name="Action">As it stands in the card.</param>
public sealed record CardButton(string Text, JsonElement Action)
{
    public string Type => Action.GetProperty("type").GetString()!;

    public JsonElement Data => Action.GetProperty("data");

    public string? Value => Data.TryGetProperty("value", out var value) ? value.GetString() : null;
}
