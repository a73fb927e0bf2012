using RestEase;

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>
/// The methods of the Web API that are called (https://docs.slack.dev/reference/methods). Those that write take JSON, those that
/// read take forms alone (https://docs.slack.dev/apis/web-api#methods_supporting_json).
/// </summary>
[AllowAnyStatusCode]
internal interface ISlackApi
{
    [Post(ApiMethod.AuthTest)]
    Task<Response<AuthAnswer>> AuthTest(CancellationToken ct);

    /// <param name="authorization">The app-level token's, in place of the bot token's.</param>
    [Post(ApiMethod.OpenConnection)]
    Task<Response<ConnectionAnswer>> OpenConnection([Header("Authorization")] string authorization, CancellationToken ct);

    [Post(ApiMethod.PostMessage)]
    Task<Response<PostedAnswer>> PostMessage([Body] PostMessage message, CancellationToken ct);

    [Post(ApiMethod.UpdateMessage)]
    Task<Response<PostedAnswer>> UpdateMessage([Body] UpdateMessage message, CancellationToken ct);

    [Post(ApiMethod.DeleteMessage)]
    Task<Response<EmptyAnswer>> DeleteMessage([Body] DeleteMessage message, CancellationToken ct);

    [Post(ApiMethod.OpenConversation)]
    Task<Response<ConversationAnswer>> OpenConversation([Body] OpenConversation with, CancellationToken ct);

    [Post(ApiMethod.JoinConversation)]
    Task<Response<ConversationAnswer>> JoinConversation([Body] JoinConversation which, CancellationToken ct);

    [Post(ApiMethod.ConversationInfo)]
    Task<Response<ConversationAnswer>> ConversationInfo([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.ListConversations)]
    Task<Response<ConversationsAnswer>> ListConversations([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.History)]
    Task<Response<MessagesAnswer>> History([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.Replies)]
    Task<Response<MessagesAnswer>> Replies([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.UserInfo)]
    Task<Response<UserAnswer>> UserInfo([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.LookupByEmail)]
    Task<Response<UserAnswer>> LookupByEmail([Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> query, CancellationToken ct);

    [Post(ApiMethod.OpenView)]
    Task<Response<ViewShownAnswer>> OpenView([Body] OpenView view, CancellationToken ct);

    [Post(ApiMethod.UpdateView)]
    Task<Response<ViewShownAnswer>> UpdateView([Body] UpdateView view, CancellationToken ct);

    [Post(ApiMethod.PublishView)]
    Task<Response<ViewShownAnswer>> PublishView([Body] PublishView view, CancellationToken ct);
}

/// <summary>Names of methods, as the path has them.</summary>
internal static class ApiMethod
{
    public const string AuthTest = "auth.test";
    public const string OpenConnection = "apps.connections.open";
    public const string PostMessage = "chat.postMessage";
    public const string UpdateMessage = "chat.update";
    public const string DeleteMessage = "chat.delete";
    public const string OpenConversation = "conversations.open";
    public const string JoinConversation = "conversations.join";
    public const string ConversationInfo = "conversations.info";
    public const string ListConversations = "conversations.list";
    public const string History = "conversations.history";
    public const string Replies = "conversations.replies";
    public const string UserInfo = "users.info";
    public const string LookupByEmail = "users.lookupByEmail";
    public const string OpenView = "views.open";
    public const string UpdateView = "views.update";
    public const string PublishView = "views.publish";
}
