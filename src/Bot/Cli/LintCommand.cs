using System.CommandLine;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Policies.Lint;

namespace ChatGovernance.Bot.Cli;

internal static class LintCommand
{
    public static Command Build()
    {
        var command = new Command("lint", "Look at everything that is marked requestable, and at what clients ask for at login: what cannot be asked for, where nobody could decide, and what lets nobody in. Exit code 0: nothing found; 1: something is wrong, and named; 2: could not run.") { Answers.Json };
        command.SetAction((parsed, ct) => Answers.Ask(services => Lint(services, parsed.GetValue(Answers.Json), ct)));
        return command;
    }

    private static async Task<int> Lint(IServiceProvider services, bool json, CancellationToken ct)
    {
        var report = await services.GetRequiredService<LintCatalog>().Run(ct);
        if (report is LintReport.Unknown unknown)
            return await Answers.CouldNot(unknown.Why);

        var read = (LintReport.Read)report;
        Console.WriteLine(json ? Json(read) : Answers.Words(InquiryMessages.For(read, int.MaxValue)));
        return read.Findings.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static string Json(LintReport.Read read) => Answers.Write(writer =>
    {
        writer.WriteNumber("targets", read.Targets);
        writer.WriteBoolean("lookedIntoChat", read.LookedIntoChat);
        writer.WriteList("findings", read.Findings, finding =>
        {
            writer.WriteString("severity", LintSentences.For(finding.Severity));
            writer.WriteString("code", LintSentences.Code(finding.Fault));
            writer.WriteString("target", finding.TargetName);
            if (finding.Target is { } target)
                writer.WriteString("targetId", target.ToString());
            writer.WriteString("sentence", LintSentences.For(finding.Fault));
            writer.WriteString("mend", LintSentences.Mend(finding.Fault));
        });
    });
}
