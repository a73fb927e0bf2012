using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>
/// A row as an event of the Elastic Common Schema (https://www.elastic.co/docs/reference/ecs), category <c>iam</c>. Who did it is
/// <c>user</c>, whom it is about <c>user.target</c>, what is given <c>group</c>; every fact stands in <c>labels</c>.
/// </summary>
internal static class EcsEvent
{
    private const string Version = "9.0.0";

    private static readonly JsonSerializerOptions written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields that name whoever did something, the first that is there.</summary>
    private static readonly string[] actors = ["by", "requester", "proposer", "person", "logged-in"];

    private static readonly string[] failures = ["denied", "refused", "failed", "dropped", "rejected", "lapsed", "unreachable", "held-up", "set-aside", "broken", "uncertain"];

    private static readonly string[] successes = ["approved", "active", "ended", "extended", "confirmed", "restored", "counted", "made", "set", "answered"];

    /// <summary>One line of JSON.</summary>
    public static string Write(AuditLine line, AuditPayload payload)
    {
        var texts = line.Texts!.Where(text => text.Text is not null).ToDictionary(text => text.Field, text => text.Text!);
        var ecs = new JsonObject
        {
            ["@timestamp"] = payload.At,
            ["ecs"] = new JsonObject { ["version"] = Version },
            ["message"] = AuditSentences.For(new AuditEntry { Kind = payload.Kind, Subject = new Subject(payload.Subject), At = line.At, Facts = payload.Facts, Personal = texts }),
            ["event"] = new JsonObject
            {
                ["kind"] = "event",
                ["category"] = new JsonArray("iam"),
                ["type"] = new JsonArray(TypeOf(payload.Kind)),
                ["action"] = payload.Kind,
                ["outcome"] = OutcomeOf(payload.Kind),
                ["provider"] = "chatgovernance",
                ["dataset"] = "chatgovernance.audit",
                ["sequence"] = line.Number,
                ["id"] = payload.Number,
                ["hash"] = Convert.ToHexStringLower(line.Hash),
            },
            ["labels"] = new JsonObject { ["subject"] = payload.Subject },
        };
        foreach (var (field, fact) in payload.Facts)
            ecs["labels"]![field.Replace('-', '_')] = fact;
        var user = actors.Where(payload.Facts.ContainsKey).Select(field => Person(field, payload, texts)).FirstOrDefault();
        if (payload.Facts.ContainsKey("beneficiary"))
            (user ??= [])["target"] = Person("beneficiary", payload, texts);
        if (user is not null)
            ecs["user"] = user;
        if (payload.Facts.TryGetValue("target", out var target))
            ecs["group"] = new JsonObject { ["id"] = target, ["name"] = payload.Facts.GetValueOrDefault("target-name") };
        if (texts.Where(text => payload.Facts.ContainsKey(text.Key)).Select(text => text.Value).Distinct().ToList() is { Count: > 0 } names)
            ecs["related"] = new JsonObject { ["user"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
        return ecs.ToJsonString(written);
    }

    private static JsonObject Person(string field, AuditPayload payload, Dictionary<string, string> texts)
    {
        var person = new JsonObject { ["id"] = payload.Facts[field] };
        if (texts.TryGetValue(field, out var name))
            person["name"] = name;
        return person;
    }

    /// <summary>Of those that the schema has for <c>iam</c>.</summary>
    private static string TypeOf(string kind) => kind switch
    {
        AuditKind.GrantActive or AuditKind.GrantRestored => "creation",
        AuditKind.GrantEnded => "deletion",
        AuditKind.GrantExtended or AuditKind.LoginPolicySet or AuditKind.LoginPolicyEdited or AuditKind.PolicyChanged or AuditKind.LinkMade or AuditKind.LinkEnded => "change",
        _ => "info",
    };

    private static string OutcomeOf(string kind)
    {
        var end = kind[(kind.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return failures.Contains(end) ? "failure" : successes.Contains(end) ? "success" : "unknown";
    }
}
