namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>What <c>/request-access help</c> answers.</summary>
internal static class CommandHelp
{
    /// <param name="command">As the workspace has registered it, with the slash.</param>
    public static string Text(string command) =>
        $"""
        {command} – ask for access
        {command} something – ask for access to what is called something like that
        {command} status – what you hold and what you asked for
        {command} extend something – ask for longer, before it ends
        {command} end something – give it back
        {command} help – this text
        """;
}
