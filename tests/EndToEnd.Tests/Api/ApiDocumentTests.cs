using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Bots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using NSwag.CodeGeneration.CSharp;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>The OpenAPI document: what is served is what is checked in, it is in order, and programs can be made of it.</summary>
public sealed class ApiDocumentTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    private static readonly JsonSerializerOptions written = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Copy => Path.Combine(RepositoryFolder.Path, "docs", "openapi.json");

    [Fact]
    public async Task What_is_served_is_what_is_checked_in()
    {
        var served = (await Served()).ToJsonString(written) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(Copy, served, Ct);
        (await File.ReadAllTextAsync(Copy, Ct)).ShouldBe(served, "UPDATE_GOLDEN=1 writes docs/openapi.json anew; look at what it changes for callers");
    }

    [Fact]
    public async Task It_is_valid_and_says_of_every_operation_what_it_is_and_of_every_value_what_it_means()
    {
        var read = OpenApiDocument.Parse((await Served()).ToJsonString(), "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        var document = read.Document!;
        document.Security!.ShouldNotBeEmpty();
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Path: path.Key, operation.Key, operation.Value))).ToList();
        operations.Select(operation => operation.Value.OperationId).ShouldBeUnique();
        foreach (var (path, method, operation) in operations)
        {
            var name = $"{method} {path}";
            operation.OperationId.ShouldNotBeNullOrEmpty(name);
            operation.Summary.ShouldNotBeNullOrEmpty(name);
            operation.Description.ShouldNotBeNullOrEmpty(name);
            operation.Tags!.Count.ShouldBe(1, name);
            (operation.Parameters ?? []).ShouldAllBe(parameter => !string.IsNullOrEmpty(parameter.Description), name);
            operation.Responses!.Keys.ShouldContain("401", name);
            operation.Responses.ShouldAllBe(response => !string.IsNullOrEmpty(response.Value.Description), name);
            operation.Responses.Where(response => string.CompareOrdinal(response.Key, "400") >= 0).ShouldAllBe(response => response.Value.Content!.Keys.Single() == "application/problem+json", name);
            if (operation.RequestBody is { } body)
                body.Content!.Single().Value.Examples!.ShouldNotBeEmpty(name);
            if (method == HttpMethod.Post)
                operation.Parameters!.ShouldContain(parameter => parameter.Name == "Idempotency-Key", name);
        }

        document.Components!.Schemas!.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_client_that_is_generated_from_it_compiles_and_talks_to_the_bot()
    {
        var document = await NSwag.OpenApiDocument.FromJsonAsync((await Served()).ToJsonString(), Ct);
        var source = new CSharpClientGenerator(document, new CSharpClientGeneratorSettings
        {
            ClassName = "GovernanceClient",
            UseBaseUrl = false,
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson },
        }).GenerateFile();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Generated", [CSharpSyntaxTree.ParseText(source, cancellationToken: Ct)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        compilation.Emit(assembly, cancellationToken: Ct).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();

        var type = System.Reflection.Assembly.Load(assembly.ToArray()).GetType("Generated.GovernanceClient")!;
        using var alice = await Caller("alice");
        await Files(alice, Ask("/apps/arena"));
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = Deployment.Bot.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Deployment.Realm.Sandbox!.Sign(await Deployment.Claims("alice", "portal", Ct)));
        dynamic client = Activator.CreateInstance(type, http)!;
        var page = await client.ListTargetsAsync("arena", null, null);
        ((string)((System.Collections.IEnumerable)page.Items).Cast<dynamic>().Single().Name).ShouldBe("/apps/arena");
    }

    [Fact]
    public async Task Every_example_works()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var examples = new Dictionary<string, List<(string Name, JsonObject Body)>>();
        foreach (var path in (await Served())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            if (path.Value!["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject() is { } given)
                examples[(string)path.Value["operationId"]!] = [.. given.Select(example => (example.Key, example.Value!["value"]!.DeepClone().AsObject()))];
        }

        // What an example names is what the sandbox's realm offers; here another group stands in its place.
        JsonObject Here(JsonObject body, string group)
        {
            var text = body.ToJsonString().Replace("/databases/prod-db-readers", group, StringComparison.Ordinal).Replace("8d4f2c1e-6b0a-4f7d-9c55-2f1f0e6a7b3d", bob.Id, StringComparison.Ordinal);
            return JsonNode.Parse(text)!.AsObject();
        }

        examples.Keys.ShouldBe(["fileRequest", "askQuestion", "answerQuestion", "voteOnRequest", "extendGrant"], ignoreOrder: true);
        var groups = new Queue<string>(["/apps/bridge", "/apps/canal", "/apps/clover", "/apps/comet"]);
        foreach (var (name, body) in examples["fileRequest"])
            (await Files(alice, Here(body, groups.Dequeue()))).Status.ShouldBe(HttpStatusCode.Created, name);
        foreach (var (name, body) in examples["voteOnRequest"])
        {
            var request = await Pending(alice, Ask(groups.Dequeue()));
            foreach (var (asking, question) in examples["askQuestion"])
            {
                var asked = await bob.Post($"{Requests}/{request}/questions", question, Ct);
                asked.Status.ShouldBe(HttpStatusCode.Created, asking);
                foreach (var (answering, answer) in examples["answerQuestion"])
                    (await alice.Post($"{Requests}/{request}/questions/{asked.Json["questions"]![0]!["id"]}/answer", answer, Ct)).Status.ShouldBe(HttpStatusCode.OK, answering);
            }

            (await bob.Post($"{Requests}/{request}/votes", body, Ct)).Status.ShouldBe(HttpStatusCode.Accepted, name);
        }

        var (_, grant) = await Granted(alice, bob, "/apps/delta");
        foreach (var (name, body) in examples["extendGrant"])
            (await alice.Post($"{Grants}/{grant}/extend", body, Ct)).Status.ShouldBe(HttpStatusCode.Created, name);
    }

    private async Task<JsonNode> Served()
    {
        using var nobody = new ApiCaller(Deployment.Bot.Url, null, "");
        var answer = await nobody.Get("openapi/v1.json", Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return answer.Json;
    }
}
