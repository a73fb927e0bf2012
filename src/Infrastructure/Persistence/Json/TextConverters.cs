using System.Text.Json;
using System.Text.Json.Serialization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>Core's ids as they write themselves.</summary>
internal static class TextConverters
{
    public static readonly JsonConverter Person = new TextConverter<PersonId>(id => id.Value, text => new PersonId(text));

    public static readonly JsonConverter Group = new TextConverter<GroupId>(id => id.Value, text => new GroupId(text));

    public static readonly JsonConverter Subject = new TextConverter<Subject>(subject => subject.Value, text => new Subject(text));

    public static readonly JsonConverter Target = new TextConverter<TargetId>(id => id.ToString(), ReadTarget);

    public static readonly JsonConverter Account = new TextConverter<ChatAccount>(account => account.ToString(), ReadAccount);

    public static readonly JsonConverter Request = new TextConverter<RequestId>(
        id => id.ToString(),
        text => RequestId.TryParse(text, out var id) ? id : throw new JsonException("Not a request id."));

    public static readonly JsonConverter Login = new TextConverter<LoginId>(
        id => id.ToString(),
        text => LoginId.TryParse(text, out var id) ? id : throw new JsonException("Not a login's id."));

    public static readonly JsonConverter Audience = new AudienceConverter();

    public static TargetId ReadTarget(string text) =>
        TargetId.TryParse(text, out var target) ? target : throw new JsonException("Not a target id.");

    public static ChatAccount ReadAccount(string text) =>
        ChatAccount.TryParse(text, out var account) ? account : throw new JsonException("Not a chat account.");

    public static Actor ReadActor(string text) =>
        Actor.TryParse(text, out var actor) ? actor : throw new JsonException("Not somebody who acts.");

    // Its members are read and written as the family is: by the family's own text.
    private sealed class AudienceConverter : JsonConverter<Audience>
    {
        public override Audience Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Core.Chat.Audience.Parse(reader.GetString() ?? throw new JsonException("Not an audience."));

        public override void Write(Utf8JsonWriter writer, Audience value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
