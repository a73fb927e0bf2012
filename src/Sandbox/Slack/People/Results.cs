namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>What a person sees after typing a slash command.</summary>
/// <param name="Error">
/// What Slackbot says went wrong: <c>operation_timeout</c> (not answered in 3 s), <c>dispatch_failed</c> (no connection, or
/// not 200), <c>invalid_command_response</c>, <c>unknown_command</c>; nothing when the app answered.
/// </param>
/// <param name="Answer">The message in the answer, if there was one.</param>
public sealed record CommandResult(string? Error, SlackMessage? Answer);

/// <summary>What a person sees after pressing or picking something.</summary>
/// <param name="Trouble">The warning beside it (<c>operation_timeout</c>, <c>dispatch_failed</c>); nothing when the app answered.</param>
public sealed record ActionResult(string? Trouble)
{
    public bool Worked => Trouble is null;
}

/// <summary>What a person sees after sending a modal.</summary>
/// <param name="Closed">The modal is gone.</param>
/// <param name="Errors">Messages at fields, by block id; those that Slack itself gives (a required field left empty) included.</param>
/// <param name="Trouble">"We had some trouble connecting": why; nothing when the app's answer was taken.</param>
public sealed record SubmitResult(bool Closed, IReadOnlyDictionary<string, string> Errors, string? Trouble)
{
    internal static SubmitResult Failed(string trouble) => new(false, new Dictionary<string, string>(), trouble);
}

/// <summary>What a search offers.</summary>
/// <param name="Options">At most 100, or the groups' options one after another.</param>
/// <param name="Trouble">Why nothing could be loaded; nothing when the app's answer was taken.</param>
public sealed record SearchResult(IReadOnlyList<SlackOption> Options, string? Trouble);

/// <summary>An option of a select.</summary>
public sealed record SlackOption(string Text, string Value, string? Description = null);
