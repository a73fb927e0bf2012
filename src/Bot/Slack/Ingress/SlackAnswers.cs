using System.Text.Json;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Bodies of answers. Empty: only the status counts.</summary>
internal static class SlackAnswers
{
    public static readonly byte[] Empty = [];

    /// <summary>Closes the whole dialog (https://docs.slack.dev/surfaces/modals#close_all).</summary>
    public static readonly byte[] Clear = Json(new ViewAnswer("clear"));

    /// <summary>Shown to the one who typed the command (https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response).</summary>
    public static byte[] Ephemeral(string text) => Json(new CommandAnswer("ephemeral", Rendering.SlackText.Escape(text)));

    /// <summary>Keeps the dialog open (https://docs.slack.dev/surfaces/modals#displaying_errors).</summary>
    public static byte[] Errors(IEnumerable<FieldError> errors) => Json(new ViewAnswer("errors")
    {
        Errors = errors.GroupBy(error => error.Field).ToDictionary(field => field.Key, field => string.Join(' ', field.Select(error => error.Message))),
    });

    public static byte[] Challenge(string challenge) => Json(new ChallengeAnswer(challenge));

    public static byte[] Options(IEnumerable<Rendering.Option> options) => Json(new OptionsAnswer([.. options]));

    private static byte[] Json<T>(T answer) => JsonSerializer.SerializeToUtf8Bytes(answer, typeof(T), SlackJson.Default);
}

internal sealed record CommandAnswer(string ResponseType, string Text);

internal sealed record ViewAnswer(string ResponseAction)
{
    public IReadOnlyDictionary<string, string>? Errors { get; init; }
}

internal sealed record ChallengeAnswer(string Challenge);

internal sealed record OptionsAnswer(IReadOnlyList<Rendering.Option> Options);
