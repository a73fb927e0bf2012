using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.TestSupport.Builders;
using static ChatGovernance.TestSupport.Builders.Some;
using static ChatGovernance.TestSupport.Builders.Targets;

namespace ChatGovernance.Core.Tests.Policies;

public sealed class RuleDraftTests
{
    public static TheoryData<string> Lengths => ["max-duration", "default-duration", "pending-ttl", "escalate-after", "break-glass-confirm"];

    public static TheoryData<string> Singles => ["max-duration", "default-duration", "pending-ttl", "escalate-after", "break-glass-confirm", "permanent", "approvals", "risk"];

    public static TheoryData<string> Readable =>
    [
        "approver-group", "approver-group-2", "approver-group-3", "approvals", "escalation-group", "escalate-after",
        "auto-approve-group", "break-glass-group", "break-glass-confirm", "excludes",
        "description", "eligible-group", "max-duration", "default-duration", "permanent", "pending-ttl", "justification-pattern", "ticket-pattern", "risk", "approver-channel",
    ];

    [Fact]
    public void Where_nothing_is_written_the_usual_holds()
    {
        var limits = Good(ATarget()).Limits;

        limits.MaxDuration.ShouldBe(Days(30));
        limits.DefaultDuration.ShouldBe(Hours(8));
        limits.PendingTtl.ShouldBe(Days(7));
        limits.MayBePermanent.ShouldBeFalse();
        limits.JustificationPatterns.ShouldBeEmpty();
        limits.AsksForTicket.ShouldBeFalse();
        limits.Description.ShouldBeEmpty();
        Good(ATarget()).EligibleGroups.ShouldBeEmpty();
    }

    [Fact]
    public void Every_attribute_of_the_product_is_read()
    {
        string[] product =
        [
            "requestable", "approver-group", "approver-group-2", "approver-group-3", "approvals", "approver-channel", "description", "eligible-group",
            "max-duration", "default-duration", "permanent", "pending-ttl", "escalation-group", "escalate-after", "auto-approve-group",
            "break-glass-group", "break-glass-confirm", "excludes", "justification-pattern", "ticket-pattern", "risk",
        ];

        string[] known = ["requestable", .. Readable.Select(row => row.Data)];
        known.ShouldBe(product, ignoreOrder: true);
    }

    [Fact]
    public void Approvers_come_from_the_nearest_level_that_names_any()
    {
        Good(ATarget().Below(("approver-group", "/far"))).Stages[0].Groups.ShouldBe(["/approvers"]);
        Good(ATarget().Without("approver-group").Below(("approver-group", "/near"), ("approver-group", "/near-too")).Below(("approver-group", "/far")))
            .Stages[0].Groups.ShouldBe(["/near", "/near-too"]);
    }

    [Fact]
    public void Without_an_approver_group_it_is_not_offered() =>
        Problems(ATarget().Without("approver-group")).ShouldHaveSingleItem().ShouldContain("`approver-group` is missing");

    [Fact]
    public void Each_stage_has_the_groups_of_the_nearest_level_that_names_any()
    {
        var draft = Good(ATarget(("approver-group-2", "/second"), ("approver-group-2", "/second-too")).Below(("approver-group-2", "/far"), ("approver-group-3", "/third")));

        draft.Stages.Select(stage => stage.Groups).ShouldBe([["/approvers"], ["/second", "/second-too"], ["/third"]]);
    }

    [Fact]
    public void No_stage_may_be_left_out() =>
        Problems(ATarget(("approver-group-3", "/third"))).ShouldHaveSingleItem().ShouldContain("`approver-group-2` is missing");

    [Fact]
    public void Of_the_approvals_on_the_way_the_most_count()
    {
        Good(ATarget()).Approvals.ShouldBe(1);
        Good(ATarget(("approvals", "2")).Below(("approvals", "3")).Below(("approvals", "1"))).Approvals.ShouldBe(3);
    }

    [Theory, InlineData("0"), InlineData("-1"), InlineData("two"), InlineData("1.5"), InlineData("21"), InlineData("99999999999")]
    public void Approvals_are_a_number_that_can_be_reached(string value) =>
        Problems(ATarget(("approvals", value))).ShouldHaveSingleItem().ShouldContain("`approvals`");

    [Fact]
    public void A_time_to_escalate_needs_somebody_to_escalate_to()
    {
        Problems(ATarget(("escalate-after", "1h"))).ShouldHaveSingleItem().ShouldContain("no `escalation-group`");
        Good(ATarget(("escalate-after", "1h"), ("escalation-group", "/heads"))).EscalationGroups.ShouldBe(["/heads"]);
        Good(ATarget(("escalate-after", "4h"), ("escalation-group", "/heads")).Below(("escalate-after", "1h"), ("escalation-group", "/far")))
            .ShouldSatisfyAllConditions(draft => draft.Limits.EscalateAfter.ShouldBe(Hours(1)), draft => draft.EscalationGroups.ShouldBe(["/heads"]));
    }

    [Fact]
    public void The_description_comes_from_the_nearest_level()
    {
        Good(ATarget(("description", "Ours")).Below(("description", "Theirs"))).Limits.Description.ShouldBe("Ours");
        Good(ATarget().Below(("description", "Theirs"))).Limits.Description.ShouldBe("Theirs");
    }

    [Fact]
    public void Of_the_limits_on_the_way_the_strictest_counts()
    {
        Good(ATarget(("max-duration", "8h")).Below(("max-duration", "4h")).Below(("max-duration", "6h"))).Limits.MaxDuration.ShouldBe(Hours(4));
        Good(ATarget(("max-duration", "2h")).Below(("max-duration", "4h"))).Limits.MaxDuration.ShouldBe(Hours(2));
        Good(ATarget().Below(("pending-ttl", "1h"))).Limits.PendingTtl.ShouldBe(Hours(1));
    }

    [Fact]
    public void The_usual_length_is_never_more_than_the_longest() =>
        Good(ATarget(("max-duration", "20s"))).Limits.DefaultDuration.ShouldBe(Seconds(20));

    [Fact]
    public void Eligible_groups_of_every_level_count() =>
        Good(ATarget(("eligible-group", "/a"), ("eligible-group", "/b")).Below().Below(("eligible-group", "/c"))).EligibleGroups.ShouldBe([["/a", "/b"], ["/c"]]);

    [Fact]
    public void Patterns_of_every_level_count()
    {
        var limits = Good(ATarget(("justification-pattern", "one"), ("ticket-pattern", "A-[0-9]+")).Below(("justification-pattern", "two"), ("ticket-pattern", "A-[0-9]+"))).Limits;

        limits.JustificationPatterns.ShouldBe(["one", "two"]);
        limits.TicketPatterns.ShouldBe(["A-[0-9]+"]);
    }

    [Fact]
    public void Of_the_risks_on_the_way_the_highest_counts()
    {
        Good(ATarget()).Limits.Risk.ShouldBe(Risk.Low);
        Good(ATarget(("risk", "low")).Below(("risk", "high")).Below(("risk", "medium"))).Limits.Risk.ShouldBe(Risk.High);
        Good(ATarget(("risk", "medium")).Below(("risk", "low"))).Limits.Risk.ShouldBe(Risk.Medium);
    }

    [Theory, InlineData("High"), InlineData("extreme"), InlineData("1"), InlineData(" ")]
    public void A_risk_that_is_none_of_the_three_is_a_problem(string value) =>
        Problems(ATarget().Below(("risk", value))).ShouldHaveSingleItem().ShouldContain("`risk` at /above-1");

    [Fact]
    public void Rules_that_differ_in_risk_differ_in_version() =>
        (Rule() with { Risk = Risk.High }).Version.ShouldNotBe(Rule().Version);

    [Fact]
    public void Permanent_access_is_opened_at_the_target_itself_only()
    {
        Good(ATarget(("permanent", "true"))).Limits.MayBePermanent.ShouldBeTrue();
        Good(ATarget(("permanent", "false"))).Limits.MayBePermanent.ShouldBeFalse();
        Good(ATarget().Below(("permanent", "true"))).Limits.MayBePermanent.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Lengths))]
    public void A_length_that_cannot_be_read_is_a_problem_wherever_it_stands(string name)
    {
        Problems(ATarget((name, "soon"), ("escalation-group", "/heads"))).ShouldHaveSingleItem().ShouldContain($"`{name}` at {DatabaseName}");
        Problems(ATarget((name, "1h"), ("escalation-group", "/heads")).Below().Below((name, "soon"))).ShouldHaveSingleItem().ShouldContain($"`{name}` at /above-2");
    }

    [Theory, InlineData("TRUE"), InlineData("yes"), InlineData("1")]
    public void A_flag_is_true_or_false_and_nothing_else(string value) =>
        Problems(ATarget(("permanent", value))).ShouldHaveSingleItem().ShouldContain("`permanent`");

    [Theory, InlineData("("), InlineData("a)|(b"), InlineData("(?=x)"), InlineData(@"(a)\1"), InlineData("[z-a]")]
    public void A_pattern_that_cannot_be_used_is_a_problem(string pattern)
    {
        Problems(ATarget(("justification-pattern", pattern))).ShouldHaveSingleItem().ShouldContain("`justification-pattern`");
        Problems(ATarget().Below(("ticket-pattern", pattern))).ShouldHaveSingleItem().ShouldContain("`ticket-pattern` at /above-1");
    }

    [Fact]
    public void A_ticket_pattern_that_no_ticket_could_match_whole_is_a_problem() =>
        Problems(ATarget(("ticket-pattern", "(?x)A-1 # a ticket"))).ShouldHaveSingleItem().ShouldContain("`ticket-pattern`");

    [Theory, MemberData(nameof(Singles))]
    public void Several_values_where_one_is_meant_are_a_problem(string name)
    {
        var value = name switch
        {
            "permanent" => "true",
            "approvals" => "2",
            _ => "1h",
        };
        Problems(ATarget((name, value), (name, value), ("escalation-group", "/heads"))).ShouldHaveSingleItem().ShouldContain("several values");
    }

    [Theory, MemberData(nameof(Readable))]
    public void An_attribute_that_is_there_but_blank_is_a_problem(string name) =>
        Problems(ATarget().Without(name).Below(("approver-group", "/far")) is var target && name == "approver-group"
            ? ABareTarget(("requestable", "true"), (name, " ")).Below(("approver-group", "/far"))
            : target with { Levels = [Level(DatabaseName, [("requestable", "true"), ("approver-group", "/approvers"), (name, " \t")])] })
        .ShouldContain(problem => problem.Contains($"`{name}` at {DatabaseName} is empty", StringComparison.Ordinal));

    [Theory]
    [InlineData("#database-approvals")]
    [InlineData("#freigaben-\u00fc\u00f6")]
    [InlineData("C0123456789")]
    [InlineData("G0123ABCD")]
    public void A_channel_is_written_by_its_name_or_its_id(string channel) =>
        Good(ATarget(("approver-channel", channel))).Limits.Channel.ShouldBe(new ChatChannel(ChatPlatform.Slack, channel));

    [Theory]
    [InlineData("approvals")]
    [InlineData("#Two Words")]
    [InlineData("#")]
    [InlineData("U0123456789")]
    [InlineData("c0123456789")]
    public void What_names_no_channel_takes_the_target_out_of_the_offer(string channel) =>
        Problems(ATarget(("approver-channel", channel))).ShouldHaveSingleItem().ShouldContain($"`approver-channel` at {DatabaseName} is no channel");

    [Fact]
    public void The_nearest_channel_counts_and_one_alone()
    {
        Good(ATarget().Below(("approver-channel", "#near")).Below(("approver-channel", "#far"))).Limits.Channel!.Value.Name.ShouldBe("#near");
        Problems(ATarget(("approver-channel", "#one"), ("approver-channel", "#two"))).ShouldHaveSingleItem().ShouldContain("several values where one is meant");
    }

    [Fact]
    public void What_opens_something_is_never_inherited()
    {
        var above = Good(ATarget().Below(("auto-approve-group", "/a"), ("break-glass-group", "/b")));
        above.AutoApproveGroups.ShouldBeEmpty();
        above.BreakGlassGroups.ShouldBeEmpty();

        var own = Good(ATarget(("auto-approve-group", "/a"), ("break-glass-group", "/b")));
        own.AutoApproveGroups.ShouldBe(["/a"]);
        own.BreakGlassGroups.ShouldBe(["/b"]);
    }

    [Fact]
    public void What_is_excluded_anywhere_on_the_way_is_excluded() =>
        Good(ATarget(("excludes", "/a"), ("excludes", "auditor")).Below(("excludes", "/a"), ("excludes", "ledger/write"))).Excludes.ShouldBe(["/a", "auditor", "ledger/write"]);

    [Fact]
    public void Of_the_times_to_confirm_the_shortest_counts()
    {
        Good(ATarget()).Limits.BreakGlassConfirm.ShouldBe(Hours(4));
        Good(ATarget(("break-glass-confirm", "2h")).Below(("break-glass-confirm", "1h"))).Limits.BreakGlassConfirm.ShouldBe(Hours(1));
    }

    [Fact]
    public void Every_problem_is_named() =>
        Problems(ATarget(("max-duration", "x"), ("permanent", "x"), ("risk", "huge")).Below(("pending-ttl", "x"))).Count.ShouldBe(4);

    [Fact]
    public void Two_rules_that_say_the_same_have_one_version()
    {
        Rule().Version.ShouldBe(Rule().Version);
        (Rule() with { Description = "x" }).Version.ShouldBe(Rule().Version);
        AccessRule[] others =
        [
            Rule(), Rule() with { MaxDuration = Hours(1) }, Rule() with { DefaultDuration = Hours(1) }, Rule() with { PendingTtl = Hours(1) }, Rule() with { MayBePermanent = true },
            Rule() with { JustificationPatterns = ["x"] }, Rule() with { TicketPatterns = ["x"] }, Rule() with { Eligible = [new GroupChoice([OwnerGroup])] },
            Rule() with { Stages = [new Stage([OwnerGroup])] }, Rule(approvals: 2), Rule() with { Escalation = [OwnerGroup] }, Rule() with { Escalation = [OwnerGroup], EscalateAfter = Hours(1) },
            Rule() with { AutoApprove = [OwnerGroup] }, Rule() with { BreakGlass = [OwnerGroup] }, Rule() with { BreakGlass = [OwnerGroup], BreakGlassConfirm = Hours(1) },
            Rule() with { Excludes = [new TargetRef(Database, DatabaseName)] },
        ];
        others.Select(rule => rule.Version).ShouldBeUnique();
    }

    private static RuleDraft Good(TargetFacts facts)
    {
        var draft = RuleDraft.Read(facts, Policy.None, out var problems);
        problems.ShouldBeEmpty();
        return draft;
    }

    private static IReadOnlyList<string> Problems(TargetFacts facts)
    {
        RuleDraft.Read(facts, Policy.None, out var problems);
        return problems;
    }
}
