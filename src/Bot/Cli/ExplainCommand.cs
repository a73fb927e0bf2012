using System.CommandLine;
using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Cli;

internal static class ExplainCommand
{
    public static Command Build()
    {
        var person = new Argument<string>("person") { Description = "A username, an id in Keycloak, or a chat account (slack:TEAM/USER, teams:TENANT/OBJECT)." };
        var target = new Argument<string>("target") { Description = "A name, a path or an id." };
        var command = new Command("explain", "Say what would happen if somebody asked for something, and why. Exit code 0: its rule would approve it, or people would decide; 1: it would be refused, or the names fit nobody, nothing, or several; 2: could not run.") { person, target, Answers.Json };
        command.SetAction((parsed, ct) => Answers.Ask(services => Explain(services, parsed.GetRequiredValue(person), parsed.GetRequiredValue(target), parsed.GetValue(Answers.Json), ct)));
        return command;
    }

    private static async Task<int> Explain(IServiceProvider services, string person, string target, bool json, CancellationToken ct)
    {
        var who = await services.GetRequiredService<FindPerson>().Run(person, ct);
        if (who is not Lookup<Person>.Found { Value: var found })
            return await Missed(who, "person", person);
        var what = await services.GetRequiredService<FindTarget>().Run(target, beyondMarked: true, ct);
        if (what is not Lookup<NamedTarget>.Found { Value: var named })
            return await Missed(what, "target", target);

        var explanation = await services.GetRequiredService<ExplainAccess>().Run(found, named, ct);
        if (explanation.Outcome is ExplainedOutcome.Unknown unknown)
            return await Answers.CouldNot(unknown.Why);
        Console.WriteLine(json ? Json(explanation) : Answers.Words(InquiryMessages.For(explanation)));
        return explanation.WouldBeDecided ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task<int> Missed<T>(Lookup<T> lookup, string what, string text)
    {
        if (lookup is Lookup<T>.Unknown unknown)
            return await Answers.CouldNot(unknown.Why);
        await Console.Error.WriteLineAsync($"chatgovernance: {Answers.Words(InquiryMessages.Missed(lookup, what, text))}");
        return ExitCode.Found;
    }

    private static string Json(Explanation explanation) => Answers.Write(writer =>
    {
        writer.WriteString("person", explanation.Person.Name);
        writer.WriteString("personId", explanation.Person.Id.Value);
        writer.WriteString("target", explanation.TargetName);
        writer.WriteBoolean("wouldBeDecided", explanation.WouldBeDecided);
        if (explanation.HoldsItNow is { } holds)
            writer.WriteBoolean("holdsItNow", holds);
        if (explanation.Outcome is ExplainedOutcome.Refused refused)
        {
            writer.WriteString("refusal", refused.Why.GetType().Name);
            writer.WriteString("sentence", Sentences.For(refused.Why));
        }

        if (explanation.Outcome is not ExplainedOutcome.Offered { Rule: var rule } offered)
            return;
        writer.WriteString("rule", rule.Version);
        writer.WriteString("maxDuration", rule.MayBePermanent ? "permanent" : Durations.Write(rule.MaxDuration));
        writer.WriteString("defaultDuration", Durations.Write(rule.DefaultDuration));
        writer.WriteString("pendingTtl", Durations.Write(rule.PendingTtl));
        writer.WriteTexts("justificationPatterns", rule.JustificationPatterns);
        writer.WriteTexts("ticketPatterns", rule.TicketPatterns);
        writer.WriteTexts("eligibleGroups", rule.Eligible.Select(choice => string.Join(" or ", choice.Groups.Select(group => group.Path))));
        writer.WriteTexts("excludes", rule.Excludes.Select(excluded => excluded.Name));
        writer.WriteTexts("effectiveRoles", offered.EffectiveRoles);
        writer.WriteBoolean("byRule", offered.ByRule);
        if (offered.InEmergency is Reading<Refusal?>.Known { Value: var why })
            writer.WriteBoolean("inEmergency", why is null);
        writer.WriteList("stages", offered.Stages, stage =>
        {
            writer.WriteNumber("approvals", stage.Stage.Approvals);
            writer.WriteTexts("groups", stage.Stage.Groups.Select(group => group.Path));
            switch (stage.Search)
            {
                case ApproverSearch.Found found:
                    writer.WriteTexts("asked", found.Approvers.Asked);
                    writer.WriteTexts("unreachable", found.Approvers.Unreachable);
                    writer.WriteBoolean("escalated", found.Escalated);
                    break;
                case ApproverSearch.Nobody nobody:
                    writer.WriteString("refusal", nobody.Why.GetType().Name);
                    writer.WriteString("sentence", Sentences.For(nobody.Why));
                    break;
                case ApproverSearch.Unknown unknown:
                    writer.WriteString("unknown", Sentences.For(unknown.Why));
                    break;
            }
        });
    });
}
