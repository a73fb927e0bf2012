using System.Reflection;

namespace ChatGovernance.Sandbox.Page;

/// <summary>The page's files, held in the assembly.</summary>
internal static class PageFiles
{
    public static async Task Send(HttpContext context, string name, string contentPolicy)
    {
        using Stream? file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"page/{name}");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "application/octet-stream",
        };
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = contentPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
