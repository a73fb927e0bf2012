using ChatGovernance.Core;

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>What Slack's error codes mean here. Each is listed under "Errors" of its method's page below https://docs.slack.dev/reference/methods.</summary>
internal enum ErrorMeaning
{
    /// <summary>What was sent is wrong, or Slack says something that nobody has met yet: sending it again does not help.</summary>
    Rejected,

    /// <summary>The message, or the root of its thread, is no longer there.</summary>
    Missing,

    /// <summary>Nobody can be reached there.</summary>
    Unreachable,

    /// <summary>Slack is not well, and did nothing.</summary>
    Busy,

    /// <summary>Slack is not well, and some of it may have been done.</summary>
    Unsure,

    /// <summary>The token or its scopes are wrong: nothing goes out until an administrator has mended it.</summary>
    Credentials,

    /// <summary>The press, or the form it opened, is over.</summary>
    Gone,

    /// <summary>No such account.</summary>
    NoSuchUser,
}

internal static class SlackErrors
{
    /// <summary>How long to wait when Slack does not say: for it to recover, or for somebody to mend the token.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="BusyWait"/>
    public static readonly TimeSpan CredentialsWait = TimeSpan.FromMinutes(1);

    public static ErrorMeaning Of(string code) => code switch
    {
        // chat.update, chat.delete, chat.postMessage (thread_ts)
        "message_not_found" or "thread_not_found" or "cannot_reply_to_message" => ErrorMeaning.Missing,

        // chat.postMessage, conversations.open, conversations.join, conversations.info
        "channel_not_found" or "is_archived" or "not_in_channel" or "channel_type_not_supported" or "method_not_supported_for_channel_type"
            or "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel"
            or "restricted_action_non_threadable_channel" or "restricted_action_thread_locked" or "messages_tab_disabled"
            or "user_disabled" or "cannot_dm_bot" or "team_access_not_granted" => ErrorMeaning.Unreachable,

        // users.info, users.lookupByEmail, conversations.open; an account that Slack does not show us is none of this workspace
        "user_not_found" or "users_not_found" or "user_not_visible" => ErrorMeaning.NoSuchUser,

        // common to all methods: the app was removed from the workspace, or its installer deactivated
        "account_inactive" or "token_revoked" or "app_uninstalled" => ErrorMeaning.Unreachable,

        // common to all methods
        "not_authed" or "invalid_auth" or "token_expired" or "missing_scope" or "no_permission" or "access_denied" or "ekm_access_denied"
            or "not_allowed_token_type" or "enterprise_is_restricted" or "two_factor_setup_required" => ErrorMeaning.Credentials,
        "service_unavailable" or "request_timeout" or "team_added_to_org" or "org_login_required" or "accesslimited" or "message_limit_exceeded"
            or "external_channel_migrating" => ErrorMeaning.Busy,
        "internal_error" or "fatal_error" => ErrorMeaning.Unsure,

        // views.open, views.update, views.publish
        "expired_trigger_id" or "exchanged_trigger_id" or "invalid_trigger_id" or "trigger_expired" or "trigger_exchanged" or "invalid_trigger"
            or "not_found" or "view_not_found" or "hash_conflict" => ErrorMeaning.Gone,

        _ => ErrorMeaning.Rejected,
    };

    /// <summary>Why a reading that was refused says nothing.</summary>
    public static Doubt DoubtOf(string code) => (Of(code), code) switch
    {
        (_, "invalid_auth" or "not_authed" or "token_expired" or "token_revoked" or "account_inactive") => Doubt.Unauthorized,
        (ErrorMeaning.Credentials or ErrorMeaning.Unreachable, _) => Doubt.Forbidden,
        (ErrorMeaning.Busy or ErrorMeaning.Unsure, _) => Doubt.Away,
        _ => Doubt.Unreadable,
    };
}
