using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using FsCheck.Fluent;
using static ChatGovernance.TestSupport.Builders.Some;
using static ChatGovernance.TestSupport.Builders.Targets;

namespace ChatGovernance.Core.Tests.Requests;

public sealed class RequestFormTests
{
    private static readonly FormId id = new(KnownIds.Number(1));

    [Fact]
    public void A_skeleton_has_nothing_to_send() => RequestForm.Skeleton(id).Submit.ShouldBeNull();

    [Theory]
    [InlineData("20s", null)]
    [InlineData("45m", "10m")]
    [InlineData("8h", "1h")]
    [InlineData("30d", "8h")]
    [InlineData("37d", "36h")]
    [InlineData("3650d", null)]
    public void The_longest_is_among_the_choices_and_the_usual_one_is_picked(string max, string? usual)
    {
        var form = RequestForm.Filled(id, AnEntry("x", rule: RuleOf(("max-duration", max), ("default-duration", usual ?? "8h"))), []);
        var choice = form.Parts.OfType<FormPart.Choice>().Single();
        Durations.TryParse(max, out var longest).ShouldBeTrue();

        choice.Name.ShouldBe("duration");
        choice.Options.ShouldContain(option => option.Value == max);
        choice.Options.Select(option => option.Value).ShouldBeUnique();
        choice.Options.Select(option => option.Value).ShouldContain(choice.Picked);
        choice.Picked.ShouldBe(usual ?? (longest < Hours(8) ? max : "8h"));
    }

    [Fact]
    public void Every_choice_of_length_is_one_that_the_rule_allows() => Prop.ForAll<int, int>((max, usual) =>
    {
        var longest = TimeSpan.FromSeconds(1 + Math.Abs((long)max * 977) % 100_000_000);
        var normal = TimeSpan.FromSeconds(1 + Math.Abs((long)usual) % (long)longest.TotalSeconds);
        var rule = Rule() with { MaxDuration = longest, DefaultDuration = normal, MayBePermanent = max % 2 == 0 };
        var choice = RequestForm.Filled(id, AnEntry("x", rule: rule), []).Parts.OfType<FormPart.Choice>().Single();

        return choice.Options.Count <= 100
            && choice.Options.Any(option => option.Value == choice.Picked)
            && choice.Options.Select(option => option.Value).Distinct().Count() == choice.Options.Count
            && choice.Options.All(option => AccessLength.TryParse(option.Value, out var length) && rule.Limit(length) == length);
    }).ShouldHold();

    [Fact]
    public void Access_without_an_end_is_offered_only_where_the_rule_allows_it()
    {
        Values(Rule()).ShouldNotContain("permanent");
        Values(Rule() with { MayBePermanent = true }).ShouldContain("permanent");
    }

    [Fact]
    public void Lengths_to_try_things_out_are_offered_only_where_everything_is_short()
    {
        Values(Rule() with { MaxDuration = Hours(1), DefaultDuration = Minutes(30) }).ShouldContain("30s");
        Values(Rule()).ShouldNotContain("30s");
    }

    [Fact]
    public void A_ticket_is_asked_for_only_where_the_rule_wants_one()
    {
        Names(Rule()).ShouldBe(["target", "duration", "justification"]);
        Names(Rule() with { TicketPatterns = ["A-[0-9]+"] }).ShouldBe(["target", "duration", "justification", "ticket"]);
    }

    [Fact]
    public void Before_a_target_is_picked_the_form_can_be_filled_already()
    {
        var form = RequestForm.Filled(id, null, []);

        form.Parts.OfType<FormPart.Search>().Single().Picked.ShouldBeNull();
        form.Parts.OfType<FormPart.Choice>().Single().Picked.ShouldBe("8h");
        form.Parts.OfType<FormPart.Facts>().ShouldBeEmpty();
    }

    [Fact]
    public void What_it_gives_and_who_decides_is_shown_before_sending()
    {
        var entry = AnEntry("/access/database", "Production data") with { EffectiveRoles = ["db/reader", "db/writer"] };

        Facts(entry, ["Bob", "Carol"]).ShouldBe(["About: Production data", "Gives: db/reader, db/writer", "Decided by: Bob, Carol"]);
        Facts(entry with { EffectiveRoles = [] }, []).ShouldBe(["About: Production data", "Gives: membership of /access/database", "Decided by: members of /approvers"]);
    }

    [Fact]
    public void A_form_takes_no_more_text_than_is_stored()
    {
        var fields = RequestForm.Filled(id, AnEntry("x", rule: Rule() with { TicketPatterns = ["x"] }), []).Parts.OfType<FormPart.TextField>().ToList();

        fields.Single(field => field.Name == Fields.Justification).MaxLength.ShouldBe(Submission.ReasonMaximum);
        fields.Single(field => field.Name == Fields.Ticket).MaxLength.ShouldBe(Submission.TicketMaximum);
        // Slack: a plain_text_input takes 3000 characters at the most.
        fields.ShouldAllBe(field => field.MaxLength <= 3000);
    }

    [Fact]
    public void A_title_fits_where_the_shortest_platform_cuts_it()
    {
        // Slack: 24 characters.
        RequestForm.Skeleton(id).Title.Length.ShouldBeLessThanOrEqualTo(24);
        DenyForm.For(id, TestSupport.Builders.Requests.ARequest().Pending()).Title.Length.ShouldBeLessThanOrEqualTo(24);
    }

    private static AccessRule RuleOf(params (string, string)[] attributes)
    {
        var limits = RuleDraft.Read(ATarget(attributes), Policy.None, out var problems).Limits;
        problems.ShouldBeEmpty();
        return limits with { Stages = Rule().Stages };
    }

    private static IEnumerable<string> Values(AccessRule rule) =>
        RequestForm.Filled(id, AnEntry("x", rule: rule), []).Parts.OfType<FormPart.Choice>().Single().Options.Select(option => option.Value);

    private static IEnumerable<string> Names(AccessRule rule) => RequestForm.Filled(id, AnEntry("x", rule: rule), []).Parts.Select(part => part switch
    {
        FormPart.Search search => search.Name,
        FormPart.Choice choice => choice.Name,
        FormPart.TextField text => text.Name,
        _ => "",
    }).Where(name => name.Length > 0);

    private static IEnumerable<string> Facts(CatalogEntry entry, IReadOnlyList<string> deciders) =>
        RequestForm.Filled(id, entry, deciders).Parts.OfType<FormPart.Facts>().Single().Items.Select(fact => $"{fact.Label}: {((FactValue.Words)fact.Value).Text}");
}
