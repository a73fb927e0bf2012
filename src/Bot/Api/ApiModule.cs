using ChatGovernance.Bot.Api.Document;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Api;

/// <summary>The REST API: the same use cases for automation, portals and tickets.</summary>
internal static class ApiModule
{
    /// <summary>A setting that is malformed stops the start with one line that names it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidation>();
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<ApiPace>();
        services.AddScoped<ApiCallers>();
        services.AddScoped<ApiGate>();
        services.AddScoped<AnswerOnce>();
        services.AddScoped<RequestEndpoints>();
        services.AddScoped<GrantEndpoints>();
        services.AddScoped<LookEndpoints>();
        // For the document alone: bodies are read and written by ApiJson itself.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        return services.AddApiDocument();
    }

    /// <summary>No cookie is looked at and no other origin is let in: a browser's page has nothing to call with.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapApiDocument();
        routes.MapRequests();
        routes.MapQuestions();
        routes.MapGrants();
        routes.MapLooking();
        return routes;
    }

    private static void MapRequests(this IEndpointRouteBuilder routes)
    {
        const string tag = "Requests";
        routes.MapPost(RequestEndpoints.Path, (HttpContext http, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.File(http.Request, by, ct)))
            .Describe("fileRequest", tag, "Ask for access", "For oneself, or on behalf of others. Several targets or people make a request each, all of them or none; the answer is the first, with the others in also.")
            .Takes<Models.FilingBody>().Gives<Models.AccessRequestShown>(StatusCodes.Status201Created).Refuses(400, 403, 409, 413, 415, 422);
        routes.MapGet(RequestEndpoints.Path, (HttpContext http, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.List(http.Request, by, ct)))
            .Describe("listRequests", tag, "List requests", "The newest first. Callers see those filed by or for them; the security team sees all.")
            .Query("ids", "Ids, with commas between them; at most 20.")
            .Query("status", "Only those that stand so.", "received", "pending", "approved", "denied", "cancelled", "lapsed", "refused")
            .Query("requester", "The user id of who filed it.").Query("beneficiary", "The user id of who is to hold it.").QueryTarget()
            .Query("waitingForMe", "Only those that wait for the caller's decision.", "true", "false").Pages()
            .Gives<Models.AccessRequestList>(StatusCodes.Status200OK).Refuses(400);
        routes.MapGet(RequestEndpoints.Path + "/{id}", (HttpContext http, string id, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.Get(http.Request, by, id, ct)))
            .Describe("getRequest", tag, "Look at a request", "With If-None-Match, 304 where nothing has changed.")
            .Gives<Models.AccessRequestShown>(StatusCodes.Status200OK).GivesUnchanged().Refuses(404);
        routes.MapPost(RequestEndpoints.Path + "/{id}/cancel", (HttpContext http, string id, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.Cancel(http.Request, by, id, ct)))
            .Describe("cancelRequest", tag, "Withdraw a request", "By who filed it or is to hold what it asks for, while it is open.")
            .Gives<Models.AccessRequestShown>(StatusCodes.Status200OK).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
        routes.MapPost(RequestEndpoints.Path + "/{id}/votes", (HttpContext http, string id, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.Vote(http.Request, by, id, ct)))
            .Describe("voteOnRequest", tag, "Approve or deny", "The decision is recorded, and counted after fresh checks: its status in the request says how that went. Where the risk is high, the token must be of a login of the last five minutes (RFC 9470).")
            .Takes<Models.VoteBody>().Gives<Models.AccessRequestShown>(StatusCodes.Status202Accepted).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
        routes.MapPost(RequestEndpoints.Path + "/{id}/remind", (HttpContext http, string id, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.Remind(http.Request, by, id, ct)))
            .Describe("askAgain", tag, "Ask those who decide again", "They are reminded in chat; at most every four hours.")
            .Gives<Models.AccessRequestShown>(StatusCodes.Status202Accepted).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
    }

    private static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        const string tag = "Questions";
        routes.MapPost(RequestEndpoints.Path + "/{id}/questions", (HttpContext http, string id, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.Ask(http.Request, by, id, ct)))
            .Describe("askQuestion", tag, "Ask something about a request", "By those who decide on it now, before they do. The requester is told in chat; the answer is in the request, and told to who asked from chat.")
            .Takes<Models.WordsBody>().Gives<Models.AccessRequestShown>(StatusCodes.Status201Created).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
        routes.MapPost(RequestEndpoints.Path + "/{id}/questions/{question}/answer", (HttpContext http, string id, string question, ApiGate gate, RequestEndpoints requests) => gate.Run(http, (by, ct) => requests.AnswerQuestion(http.Request, by, id, question, ct)))
            .Describe("answerQuestion", tag, "Answer a question", "By who filed the request or is to hold what it asks for, while it is open. The first answer stands.")
            .Takes<Models.WordsBody>().Gives<Models.AccessRequestShown>(StatusCodes.Status200OK).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
    }

    private static void MapGrants(this IEndpointRouteBuilder routes)
    {
        const string tag = "Grants";
        routes.MapGet(GrantEndpoints.Path, (HttpContext http, ApiGate gate, GrantEndpoints grants) => gate.Run(http, (by, ct) => grants.List(http.Request, by, ct)))
            .Describe("listGrants", tag, "List grants", "The newest first, those that are over included. Callers see their own; the security team sees all.")
            .Query("status", "Only those that stand so.", "waiting", "started", "active", "ending", "ended", "failed")
            .Query("person", "The user id of the holder.").QueryTarget().Query("request", "The id of the request that it came of.").Pages()
            .Gives<Models.GrantList>(StatusCodes.Status200OK).Refuses(400, 403);
        routes.MapGet(GrantEndpoints.Path + "/{id}", (HttpContext http, string id, ApiGate gate, GrantEndpoints grants) => gate.Run(http, (by, ct) => grants.Get(http.Request, by, id, ct)))
            .Describe("getGrant", tag, "Look at a grant", "With If-None-Match, 304 where nothing has changed.")
            .Gives<Models.GrantShown>(StatusCodes.Status200OK).GivesUnchanged().Refuses(404);
        routes.MapPost(GrantEndpoints.Path + "/{id}/extend", (HttpContext http, string id, ApiGate gate, GrantEndpoints grants) => gate.Run(http, (by, ct) => grants.Extend(http.Request, by, id, ct)))
            .Describe("extendGrant", tag, "Ask for more time", "A request of its own, to the people who decide.")
            .Takes<Models.ExtensionBody>().Gives<Models.AccessRequestShown>(StatusCodes.Status201Created).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
        routes.MapPost(GrantEndpoints.Path + "/{id}/end", (HttpContext http, string id, ApiGate gate, GrantEndpoints grants) => gate.Run(http, (by, ct) => grants.End(http.Request, by, id, ct)))
            .Describe("endGrant", tag, "Give back", "By the holder. It is ending until Keycloak has confirmed that it is gone.")
            .Gives<Models.GrantShown>(StatusCodes.Status202Accepted).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
        routes.MapPost(GrantEndpoints.Path + "/{id}/revoke", (HttpContext http, string id, ApiGate gate, GrantEndpoints grants) => gate.Run(http, (by, ct) => grants.Revoke(http.Request, by, id, ct)))
            .Describe("revokeGrant", tag, "Take away", "By those who decide on it, and the security team.")
            .Gives<Models.GrantShown>(StatusCodes.Status202Accepted).Changes().Refuses(400, 403, 404, 409, 412, 413, 415, 422);
    }

    private static void MapLooking(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/targets", (HttpContext http, ApiGate gate, LookEndpoints look) => gate.Run(http, (_, _) => Task.FromResult(look.Targets(http.Request))))
            .Describe("listTargets", "Targets", "List what can be requested", "By name; of a search the best.")
            .Query("search", "Words, or the beginnings of words, of name and description.").Pages()
            .Gives<Models.OfferedTargetList>(StatusCodes.Status200OK).Refuses(400);
        routes.MapGet("/api/targets/explain", (HttpContext http, ApiGate gate, LookEndpoints look) => gate.Run(http, (by, ct) => look.Explain(http.Request, by, ct)))
            .Describe("explainTarget", "Targets", "Explain what would happen", "If somebody asked for it now. Anybody about themselves; about others those who look after access, which is recorded.")
            .Query("person", "A username or a user id; absent: the caller.").QueryTarget(required: true)
            .Gives<Models.ExplanationShown>(StatusCodes.Status200OK).Refuses(400, 403, 409, 422);
        routes.MapGet("/api/audit", (HttpContext http, ApiGate gate, LookEndpoints look) => gate.Run(http, (by, ct) => look.Audit(http.Request, by, ct)))
            .Describe("queryAudit", "Audit", "Query the audit", "In the order of the rows' numbers. For the security team; each query is recorded.")
            .Query("kind", "What happened: request.approved, grant.ended, …").Query("subject", "What it is about: request:ID, target:…").Query("from", "From this instant on.").Query("until", "Before this instant.").Pages()
            .Gives<Models.AuditPage>(StatusCodes.Status200OK).Refuses(400, 403);
        routes.MapGet("/api/audit/head", (HttpContext http, ApiGate gate, LookEndpoints look) => gate.Run(http, (by, ct) => look.AuditHead(http.Request, by, ct)))
            .Describe("getAuditHead", "Audit", "The head of the chain", "The last row's number and hash, to keep outside. For the security team.")
            .Gives<Models.AuditHeadShown>(StatusCodes.Status200OK).Refuses(400, 403);
        routes.MapGet("/api/policy/lint", (HttpContext http, ApiGate gate, LookEndpoints look) => gate.Run(http, (by, ct) => look.Lint(http.Request, by, ct)))
            .Describe("lintPolicy", "Policy", "What is wrong with what can be requested", "For administrators.")
            .Gives<Models.LintShown>(StatusCodes.Status200OK).Refuses(400, 403);
    }
}
