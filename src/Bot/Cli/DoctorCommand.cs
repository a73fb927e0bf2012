using System.CommandLine;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Inquiries;

namespace ChatGovernance.Bot.Cli;

internal static class DoctorCommand
{
    public static Command Build()
    {
        var command = new Command("doctor", "Look at everything that the bot stands on: database, Keycloak and its privileges there, chat, clocks, settings. Exit code 0: nothing has failed; 1: something has, and is named; 2: could not run.") { Answers.Json };
        command.SetAction((parsed, ct) => Answers.Ask(services => Examine(services, parsed.GetValue(Answers.Json), ct), inAnyCase: true));
        return command;
    }

    private static async Task<int> Examine(IServiceProvider services, bool json, CancellationToken ct)
    {
        var diagnosis = await services.GetRequiredService<Examine>().Run(ct);
        Console.WriteLine(json ? Json(diagnosis) : Words(diagnosis));
        return diagnosis.IsIll ? ExitCode.Found : ExitCode.Done;
    }

    private static string Words(Diagnosis diagnosis) => string.Join('\n', diagnosis.Parts.Select(part =>
        $"{part.Part}\n{string.Join('\n', part.Checks.Select(Words))}"));

    private static string Words(Check check) =>
        $"  {InquiryMessages.For(check.Result),-8} {check.Name}: {check.Sentence}{(check.Mend is { } mend ? $"\n           → {mend}" : "")}";

    private static string Json(Diagnosis diagnosis) => Answers.Write(writer =>
    {
        writer.WriteBoolean("failed", diagnosis.IsIll);
        writer.WriteList("checks", diagnosis.Parts.SelectMany(part => part.Checks.Select(check => (part.Part, Check: check))), row =>
        {
            writer.WriteString("part", row.Part);
            writer.WriteString("name", row.Check.Name);
            writer.WriteString("result", InquiryMessages.For(row.Check.Result));
            writer.WriteString("sentence", row.Check.Sentence);
            if (row.Check.Mend is { } mend)
                writer.WriteString("mend", mend);
        });
    });
}
