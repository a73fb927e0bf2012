namespace ChatGovernance.Bot.Hosting;

/// <summary>A request's body, read whole but never beyond a limit.</summary>
internal static class RequestBody
{
    /// <summary>1 MiB; Slack's largest payloads (a view of 250 KiB with its state) stay well below.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>Null: it is larger than <see cref="Limit"/>; what is beyond was not read.</summary>
    /// <exception cref="IOException">The sender broke off, or the framing is wrong.</exception>
    public static Task<byte[]?> Read(HttpRequest request, CancellationToken ct) => Read(request, Limit, ct);

    /// <summary>The same with a limit of its own, in bytes.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
            return null;

        using var read = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (read.Length + count > limit)
                return null;
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
