using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ChatGovernance.Bot.Api.Document;

/// <summary>The OpenAPI document, made from the routes and served at <c>/openapi/v1.json</c>; a copy is in <c>docs/openapi.json</c>.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = api => api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ChatGovernance",
                Version = Name,
                Description = "Access governance for Keycloak: ask, decide, look, end. Callers see and do what the same person could in chat. Refusals are problem details (RFC 9457) whose type is stable.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "An access token of the realm whose audience is Api:Audience." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            document.Tags = new HashSet<OpenApiTag>(
            [
                new OpenApiTag { Name = "Requests", Description = "Asking for access, and deciding on it." },
                new OpenApiTag { Name = "Grants", Description = "What was given, and its end." },
                new OpenApiTag { Name = "Targets", Description = "What can be requested, and what would happen." },
                new OpenApiTag { Name = "Audit", Description = "What was recorded." },
                new OpenApiTag { Name = "Policy", Description = "What is wrong with the rules." },
            ]);
            foreach (var schema in document.Components.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
                LeaveOutNull(schema);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, _, _) =>
        {
            if (schema.Enum is { Count: > 0 })
                schema.Type ??= JsonSchemaType.String;
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationParameter>());
            if (operation.OperationId is { } id)
                ApiExamples.Add(operation, id);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");

    /// <summary>What is not there is left out, so that generated clients need not tell the two apart.</summary>
    private static void LeaveOutNull(OpenApiSchema schema)
    {
        foreach (var (name, property) in schema.Properties?.ToList() ?? [])
        {
            if (property is not OpenApiSchema own)
                continue;
            if (own.OneOf is [_, OpenApiSchemaReference reference])
                schema.Properties![name] = reference;
            own.Type &= ~JsonSchemaType.Null;
        }
    }

    private static void Describe(OpenApiOperation operation, IEnumerable<OperationParameter> parameters)
    {
        operation.Parameters ??= [];
        operation.RequestBody?.Content?.Remove(DescribeOperations.AnyType);
        foreach (var path in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
            path.Description = "The id, as an answer gave it.";
        foreach (var parameter in parameters)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.InHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Required = parameter.Required,
                Schema = new OpenApiSchema
                {
                    Type = parameter.Number ? JsonSchemaType.Integer : JsonSchemaType.String,
                    Enum = parameter.Values.Count == 0 ? null : [.. parameter.Values.Select(value => (JsonNode)JsonValue.Create(value))],
                },
            });
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse own)
                own.Description = Statuses.TryGetValue(status, out var said) ? said : own.Description;
        }
    }

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["200"] = "Here it is.",
        ["201"] = "It is filed; Location says where.",
        ["202"] = "It is recorded, and goes on by itself.",
        ["304"] = "Nothing has changed.",
        ["400"] = "The call cannot be understood: errors says what is wrong.",
        ["401"] = "No valid token, or one of a login that is too old.",
        ["403"] = "The caller may not.",
        ["404"] = "There is no such thing, or none that the caller may see.",
        ["409"] = "It does not go together with how things stand: type says why.",
        ["412"] = "It has changed since it was read.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is no JSON.",
        ["422"] = "Its rules speak against it, or the key was used for another call: type says which.",
        ["429"] = "Too many calls: Retry-After says how long to wait.",
        ["503"] = "It cannot be told or stored now. Retry-After says how long to wait.",
    };
}
