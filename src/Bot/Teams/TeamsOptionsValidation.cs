using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Says in one line which setting is missing or malformed.</summary>
internal sealed partial class TeamsOptionsValidation : IPostConfigureOptions<TeamsOptions>, IValidateOptions<TeamsOptions>
{
    public void PostConfigure(string? name, TeamsOptions options)
    {
        options.AppId = options.AppId?.Trim();
        options.AppPassword = options.AppPassword?.Trim();
        options.TenantId = options.TenantId?.Trim();
        options.AuditConversation = options.AuditConversation?.Trim();
    }

    public ValidateOptionsResult Validate(string? name, TeamsOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(TeamsOptions options)
    {
        if (options is { Anonymous: true, AppId.Length: > 0 })
            return "Teams:Anonymous is for development and takes unsigned calls: leave it out where Teams:AppId is set";
        if (!options.Anonymous && !Id().IsMatch(options.AppId!))
            return "Teams:AppId is not an app id: letters, digits and dashes";
        if (!options.Anonymous && !HeaderValue().IsMatch(options.AppPassword ?? ""))
            return "Teams:AppPassword is missing or malformed: a client secret of the app";
        if (!options.Anonymous && !Id().IsMatch(options.TenantId ?? ""))
            return "Teams:TenantId is missing or malformed: the id of the tenant whose people are served";
        if (!IsAddress(options.OpenIdMetadataUrl))
            return "Teams:OpenIdMetadataUrl is not an https URL (http to this machine alone)";
        if (options.TokenUrl is { Length: > 0 } token && !IsAddress(token))
            return "Teams:TokenUrl is not an https URL (http to this machine alone)";
        if (options.AuditConversation is { Length: > 0 } audit && !Conversation().IsMatch(audit))
            return "Teams:AuditConversation is not the id of a conversation (19:…)";
        return null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && ServiceUrls.IsSafe(url);

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[!-~]+\z")]
    private static partial Regex HeaderValue();

    [GeneratedRegex(@"\A[!-~]{1,255}\z")]
    private static partial Regex Conversation();
}
