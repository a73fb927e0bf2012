namespace ChatGovernance.Bot.Teams;

/// <summary>Addresses that a token may be sent to, if they were proved to be the platform's.</summary>
internal static class ServiceUrls
{
    /// <summary>Nobody can listen on the way: https, or plain http that does not leave this machine.</summary>
    public static bool IsSafe(Uri url) => url is { IsAbsoluteUri: true, UserInfo: "" } && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    /// <summary>As it stands in an activity. Null: it is none that anything is sent to.</summary>
    public static Uri? Read(string? text) =>
        text is { Length: <= 500 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && IsSafe(url) && url is { Query: "", Fragment: "" } ? url : null;

    public static Uri Below(Uri serviceUrl, string path) => new(serviceUrl.AbsoluteUri.TrimEnd('/') + path);
}
