using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Policies.Lint;

/// <summary>What is wrong, and how to mend it, in words for an administrator.</summary>
public static class LintSentences
{
    private const int Names = 8;

    public static string For(Fault fault) => fault switch
    {
        Fault.Rule rule => $"Its rules cannot be used: {rule.Problem}.",
        Fault.Administrative administrative => $"It gives the right to administer a realm (it brings {Sentences.List(administrative.Roles, Names)}), so it is never offered.",
        Fault.NotSeen => "What it gives, or a group above it, cannot be read, so it is not offered.",
        Fault.NotRead unread => $"Not all of it could be looked at: {Sentences.For(unread.Why)}",
        Fault.NoApprover nobody => $"{InStage(nobody.Stage)} nobody could decide: {Sentences.List(nobody.Groups, Names)} holds no enabled account of a person.",
        Fault.NobodyReachable nobody => $"{InStage(nobody.Stage)} nobody could be asked: no chat account is proved to be that of {Sentences.List(nobody.People, Names)}.",
        Fault.ApproversUnreachable some => $"{InStage(some.Stage)} not everybody could be asked: no chat account is proved to be that of {Sentences.List(some.People, Names)}.",
        Fault.QuorumTooLarge { Stages: [var stage] } quorum => $"{InStage(stage)} {Number(quorum.Needed)} must approve, but only {People(quorum.People)} could.",
        Fault.QuorumTooLarge quorum =>
            $"Stages {string.Join(" and ", quorum.Stages.Select(stage => Number(stage + 1)))} need {Number(quorum.Needed)} different people together, but only {People(quorum.People)} could decide in them.",
        Fault.OnlyApproverAsks only => $"{InStage(only.Stage)} only {only.Person} could decide, who asks for it themselves, and nobody decides on their own request.",
        Fault.NobodyBelongs { Attribute: Attributes.EligibleGroup } nobody => $"Nobody can ask for it: {Sentences.List(nobody.Groups, Names)} holds no enabled account of a person.",
        Fault.NobodyBelongs nobody => $"Nobody has anything of `{nobody.Attribute}`: {Sentences.List(nobody.Groups, Names)} holds no enabled account of a person.",
        Fault.EscalatesToTheSame same => $"A decision that does not come is asked of {Sentences.List(same.Groups, Names)}, who were asked already.",
        Fault.ChannelOutOfReach channel => $"Its requests are to be decided in {channel.Channel}, where the bot cannot write: each who decides is sent a message instead.",
        Fault.ExcludesWhatItBrings excludes => $"It must not be held together with {excludes.Other}, which it brings itself: it can neither be extended nor given a second time.",
        Fault.DecidesOnItself { Through: [var one, _] } => $"Members of {one} decide who else gets into it.",
        Fault.DecidesOnItself circle => $"Those who get in decide, in the end, who gets in: {string.Join(" ← ", circle.Through)}.",
        Fault.LetsNobodyIn policy => $"Its login policy \"{policy.Policy}\" lets nobody in: there is no role or group called {Sentences.List([.. policy.Names.Select(name => name.Length == 0 ? "(blank)" : name)], Names)}, or there are several.",
        _ => throw new UnreachableException(),
    };

    public static string Mend(Fault fault) => fault switch
    {
        Fault.Rule => "Correct the attribute in Keycloak; until then it is not offered.",
        Fault.Administrative => "Take that role out of it, or take the mark away and give such access by hand.",
        Fault.NotSeen => "Let the bot's account see it (chatgovernance doctor and permissions say how).",
        Fault.NotRead => "Look again once that is settled.",
        Fault.NoApprover => "Add an approver to a deciding group, or name another group.",
        Fault.NobodyReachable or Fault.ApproversUnreachable => "Connect their chat accounts, or add somebody whose account is connected.",
        Fault.QuorumTooLarge => "Add approvers to the deciding groups, or ask for fewer approvals.",
        Fault.OnlyApproverAsks => "Add a second approver.",
        Fault.NobodyBelongs nobody => $"Add somebody to the group, or correct `{nobody.Attribute}`.",
        Fault.EscalatesToTheSame => "Name another group to escalate to, or none.",
        Fault.ChannelOutOfReach channel => $"Make the channel, or invite the bot (/invite in {channel.Channel}), or correct the attribute.",
        Fault.ExcludesWhatItBrings => $"Take that out of what it gives, or out of `{Attributes.Excludes}`.",
        Fault.DecidesOnItself => "Let a group decide that cannot be asked for, or whose members they do not decide on.",
        Fault.LetsNobodyIn => "Correct the names in that mapper in Keycloak: a realm role by its name, a client role as clientId/role, a group by its path.",
        _ => throw new UnreachableException(),
    };

    /// <summary>One word for each kind, for programs.</summary>
    public static string Code(Fault fault) => fault switch
    {
        Fault.Rule => "rule",
        Fault.Administrative => "administrative",
        Fault.NotSeen => "not-seen",
        Fault.NotRead => "not-read",
        Fault.NoApprover => "no-approver",
        Fault.NobodyReachable => "nobody-reachable",
        Fault.ApproversUnreachable => "approvers-unreachable",
        Fault.QuorumTooLarge => "quorum-too-large",
        Fault.OnlyApproverAsks => "only-approver-asks",
        Fault.NobodyBelongs => "nobody-belongs",
        Fault.EscalatesToTheSame => "escalates-to-the-same",
        Fault.ChannelOutOfReach => "channel-out-of-reach",
        Fault.ExcludesWhatItBrings => "excludes-what-it-brings",
        Fault.DecidesOnItself => "decides-on-itself",
        Fault.LetsNobodyIn => "lets-nobody-in",
        _ => throw new UnreachableException(),
    };

    public static string For(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => throw new UnreachableException(),
    };

    private static string InStage(int stage) => $"In stage {Number(stage + 1)}";

    private static string People(IReadOnlyList<string> names) => names.Count == 0 ? "nobody" : Sentences.List(names, Names);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
