using System.Data.Common;
using System.Text;
using System.Text.Json;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Policies;

namespace ChatGovernance.Bot.Cli;

/// <summary>How commands that answer questions print what they found.</summary>
internal static class Answers
{
    public static readonly System.CommandLine.Option<bool> Json = new("--json") { Description = "Answer in JSON." };

    /// <summary>Runs a question on all of the bot. A database that cannot be read is said in a line.</summary>
    /// <param name="inAnyCase">Also where the policy file is broken and there is no last good one: no rule is read.</param>
    public static async Task<int> Ask(Func<IServiceProvider, Task<int>> question, bool inAnyCase = false)
    {
        await using var app = Unserved.Build();
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            var read = scope.ServiceProvider.GetRequiredService<IPolicyFile>().IsSet && !inAnyCase
                ? await scope.ServiceProvider.GetRequiredService<FollowPolicy>().Look(CancellationToken.None)
                : new PolicyReading.Good(Policy.None, "");
            if (read is PolicyReading.Bad bad)
                return await CouldNot($"Policy:File cannot be used. {string.Join(" ", bad.Problems)}");
            scope.ServiceProvider.GetRequiredService<CurrentPolicy>().Replace(((PolicyReading.Good)read).Policy);
            return await question(scope.ServiceProvider);
        }
        catch (DbException exception)
        {
            return await CouldNot($"the database cannot be read: {exception.Message}");
        }
    }

    public static async Task<int> CouldNot(string why)
    {
        await Console.Error.WriteLineAsync($"chatgovernance: {why}");
        return ExitCode.CouldNotRun;
    }

    public static Task<int> CouldNot(Doubt why) => CouldNot(Sentences.For(why));

    /// <summary>A message as it would be said in chat, as lines.</summary>
    public static string Words(ChatMessage message)
    {
        var text = new StringBuilder(message.Title).Append('\n');
        foreach (var line in message.Lines)
            text.Append("  ").Append(line).Append('\n');
        foreach (var fact in message.Facts)
            text.Append("  ").Append(fact.Label).Append(": ").Append(fact.Value is FactValue.Words words ? words.Text : ((FactValue.Instant)fact.Value).At.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        if (message.Small is { } small)
            text.Append("  ").Append(small).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Each as an object of a list.</summary>
    public static void WriteList<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
