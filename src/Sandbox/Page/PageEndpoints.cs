using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Sandbox.Page;

/// <summary>
/// The workspace in a browser: files, a state per person, a stream that says when it changed, and what people do. Meant for
/// loopback: anybody who reaches it may act as anybody.
/// </summary>
internal static class PageEndpoints
{
    // Only what this server sends may run; a page of somebody else cannot put it into a frame.
    private const string ContentPolicy = "default-src 'self'; img-src 'self' data: https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapPage(this WebApplication app, Func<SlackWorkspace> workspace)
    {
        app.MapGet("/", context => PageFiles.Send(context, "index.html", ContentPolicy));
        app.MapGet("/page/{file}", (HttpContext context, string file) => PageFiles.Send(context, file, ContentPolicy));
        app.MapGet("/ui/state", (string? person) => PageState.Of(workspace(), person) is { } state ? Results.Json(state) : Results.NotFound());
        app.MapGet("/ui/changes", context => Changes(workspace(), context));

        RouteGroupBuilder acts = app.MapGroup("/ui").AddEndpointFilter(OnlyJson);
        acts.MapPost("/say", (Said said, CancellationToken ct) => Say(workspace(), said, ct));
        acts.MapPost("/act", (Acted acted, CancellationToken ct) => Act(workspace(), acted, ct));
        acts.MapPost("/search", (Searched searched, CancellationToken ct) => Search(workspace(), searched, ct));
        acts.MapPost("/submit", (Submitted submitted, CancellationToken ct) => Submit(workspace(), submitted, ct));
        acts.MapPost("/close", (Closing closing, CancellationToken ct) => Close(workspace(), closing, ct));
        acts.MapPost("/home", async (OpenedHome opened, CancellationToken ct) => Results.Json(await workspace().Person(opened.Person).OpensHome(ct)));
    }

    /// <summary>A foreign page can post forms here, but no JSON without asking first; and nobody answers that.</summary>
    private static async ValueTask<object?> OnlyJson(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.HasJsonContentType() ? await next(context) : Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);

    private static async Task Changes(SlackWorkspace workspace, HttpContext context)
    {
        CancellationToken ct = context.RequestAborted;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            for (long version = 0; ; version = await workspace.State.ChangeAfter(version, ct))
            {
                await context.Response.WriteAsync(FormattableString.Invariant($"data: {version}\n\n"), ct);
                await context.Response.Body.FlushAsync(ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }

    private static async Task<IResult> Say(SlackWorkspace workspace, Said said, CancellationToken ct)
    {
        SlackPerson person = workspace.Person(said.Person);
        if (said.Text.StartsWith('/')) return Results.Json(new { error = (await person.Types(said.Text, ct, said.Channel)).Error });
        person.Says(said.Channel, said.Text, said.Thread);
        return Results.Json(new { error = (string?)null });
    }

    private static async Task<IResult> Act(SlackWorkspace workspace, Acted acted, CancellationToken ct)
    {
        SlackPerson person = workspace.Person(acted.Person);
        if (acted.View is null)
        {
            SlackMessage? seen = person.Messages.FirstOrDefault(m => m.ChannelId == acted.Channel && m.Ts == acted.Ts);
            return seen is null || BlockAction.Find(seen.Blocks, acted.Block, acted.Action) is null
                ? Results.Json(new { trouble = "gone" })
                : Results.Json(await person.Acts(seen, acted.Block, acted.Action, acted.Value, ct));
        }
        if (person.Home?.Id == acted.View)
            return BlockAction.Find(person.Home.Blocks, acted.Block, acted.Action) is null
                ? Results.Json(new { trouble = "gone" })
                : Results.Json(await person.ActsAtHome(acted.Block, acted.Action, acted.Value, ct));
        if (person.Modal is not { } modal || modal.Id != acted.View || BlockAction.Find(modal.View.Blocks, acted.Block, acted.Action) is null)
            return Results.Json(new { trouble = "gone" });
        Fill(modal, acted.Values);
        return Results.Json(await modal.Acts(acted.Block, acted.Action, acted.Value, ct));
    }

    private static async Task<IResult> Search(SlackWorkspace workspace, Searched searched, CancellationToken ct)
    {
        if (workspace.Person(searched.Person).Modal is not { } modal || modal.Id != searched.View || !modal.Has(searched.Block))
            return Results.Json(new SearchResult([], "gone"));
        return Results.Json(await modal.Searches(searched.Block, searched.Query, ct));
    }

    private static async Task<IResult> Submit(SlackWorkspace workspace, Submitted submitted, CancellationToken ct)
    {
        if (workspace.Person(submitted.Person).Modal is not { } modal || modal.Id != submitted.View)
            return Results.Json(SubmitResult.Failed("gone"));
        Fill(modal, submitted.Values);
        return Results.Json(await modal.Submits(ct));
    }

    private static async Task<IResult> Close(SlackWorkspace workspace, Closing closing, CancellationToken ct)
    {
        if (workspace.Person(closing.Person).Modal is { } modal && modal.Id == closing.View) await modal.Closes(ct, closing.All);
        return Results.NoContent();
    }

    private static void Fill(OpenModal modal, JsonObject? values)
    {
        foreach ((string block, JsonNode? value) in values ?? [])
            if (modal.Has(block))
                modal.Fill(block, value);
    }

    private sealed record Said(string Person, string Channel, string Text, string? Thread);

    private sealed record Acted(string Person, string? Channel, string? Ts, string? View, string Block, string Action, JsonNode? Value, JsonObject? Values);

    private sealed record Searched(string Person, string View, string Block, string Query);

    private sealed record Submitted(string Person, string View, JsonObject Values);

    private sealed record Closing(string Person, string View, bool All);

    private sealed record OpenedHome(string Person);
}
