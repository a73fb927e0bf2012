namespace ChatGovernance.Bot.Chat;

/// <summary>What <c>/request-access help</c> answers.</summary>
internal static class CommandHelp
{
    /// <param name="command">As people write it in front of everything: on Slack as the workspace has registered it, with the slash.</param>
    public static string Text(string command) =>
        $"""
        {command} – ask for access
        {command} something – ask for access to what is called something like that
        {command} status – what you hold and what you asked for
        {command} link – connect your Keycloak account
        {command} unlink – end that connection
        {command} extend something – ask for longer, before it ends
        {command} end something – give it back
        {command} explain me something – what would happen if you asked for it, and why
        {command} who something – who has it (for the security team)
        {command} explain somebody something – the same for somebody else (for the security team and administrators)
        {command} revoke something – take away all that was given here of a person or a target (for the security team)
        {command} freeze, {command} unfreeze – stop all new access, and lift that (for the security team)
        {command} allow somebody something – let them take it in an emergency again (for the security team)
        {command} policy show, {command} policy diff – what clients ask for at login, and where that differs from the policy file (for administrators)
        {command} policy set client any-of: role, role – change it; a second administrator confirms (for administrators)
        {command} lint – what is wrong with what can be requested (for administrators)
        {command} doctor – is everything set up well (for administrators)
        {command} help – this text
        """;
}
