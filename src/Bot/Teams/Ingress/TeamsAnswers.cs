using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>
/// Bodies of answers to invokes; the status of HTTP is 200 whatever they say
/// (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#response-format).
/// </summary>
internal static class TeamsAnswers
{
    public static readonly byte[] Empty = "{}"u8.ToArray();

    private const int NotTakenStatus = StatusCodes.Status503ServiceUnavailable;

    /// <summary>To an invoke of somebody whom the tenant's directory does not know.</summary>
    public static readonly byte[] Nobody = Error(StatusCodes.Status403Forbidden, "nobody", "Only people of this organization are served here. Ask a Keycloak administrator for the access.");

    public static byte[] Card(AdaptiveCard card) => Json(new CardAnswer(card), TeamsJson.Sent.CardAnswer);

    public static byte[] Words(string text) => Json(new WordsAnswer(text), TeamsJson.Sent.WordsAnswer);

    public static byte[] Dialog(ChatForm form, AdaptiveCard card) => Json(new DialogAnswer(new DialogTask("continue", new DialogContent(form.Title, new Connector.CardAttachment(card)))), TeamsJson.Sent.DialogAnswer);

    /// <summary>Closes the dialog and says this.</summary>
    public static byte[] DialogEnds(string text) => Json(new DialogAnswer(new DialogTask("message", text)), TeamsJson.Sent.DialogAnswer);

    public static byte[] Found(IEnumerable<FormOption> options) => Json(new SearchAnswer(new SearchResults([.. options.Select(option => new ChoiceItem(option.Text, option.Value))])), TeamsJson.Sent.SearchAnswer);

    public static byte[] Error(int status, string code, string message) => Json(new ErrorAnswer(status, new ErrorBody(code, message)), TeamsJson.Sent.ErrorAnswer);

    public static byte[] NotTaken(FormSurface surface, string message) => surface == FormSurface.Dialog ? DialogEnds(message) : Error(NotTakenStatus, "not-taken", message);

    private static byte[] Json<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(answer, type);
}

internal sealed record CardAnswer(AdaptiveCard Value)
{
    public int StatusCode { get; init; } = StatusCodes.Status200OK;

    public string Type { get; init; } = Connector.CardAttachment.CardType;
}

internal sealed record WordsAnswer(string Value)
{
    public int StatusCode { get; init; } = StatusCodes.Status200OK;

    public string Type { get; init; } = "application/vnd.microsoft.activity.message";
}

internal sealed record ErrorAnswer(int StatusCode, ErrorBody Value)
{
    public string Type { get; init; } = "application/vnd.microsoft.error";
}

internal sealed record ErrorBody(string Code, string Message);

internal sealed record SearchAnswer(SearchResults Value)
{
    public int StatusCode { get; init; } = StatusCodes.Status200OK;

    public string Type { get; init; } = "application/vnd.microsoft.search.searchResponse";
}

internal sealed record SearchResults(IReadOnlyList<ChoiceItem> Results);

/// <summary>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots#response-to-taskfetch-or-tasksubmit-messages</summary>
internal sealed record DialogAnswer(DialogTask Task);

/// <param name="Value">Content, or words.</param>
internal sealed record DialogTask(string Type, object Value);

internal sealed record DialogContent(string Title, Connector.CardAttachment Card)
{
    public string Height { get; init; } = "medium";

    public string Width { get; init; } = "medium";
}
