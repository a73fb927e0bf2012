using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Requests;

public sealed class SubmissionTests
{
    private const string Why = "To repair the nightly import.";

    [Fact]
    public void What_the_form_sends_is_read_and_cleaned()
    {
        var read = Submission.Read(Input("group:g-database", "8h", $"  {Why}\u202e ", " ABC-1 "), out var field);

        field.ShouldBeNull();
        read.ShouldBe(new Submission(Database, new AccessLength.For(Hours(8)), Why, "ABC-1"));
    }

    [Fact]
    public void No_ticket_is_no_empty_ticket() => Submission.Read(Input("group:x", "8h", Why, " "), out _)!.Ticket.ShouldBeNull();

    [Theory]
    [InlineData("", "8h", "target")]
    [InlineData("g-database", "8h", "target")]
    [InlineData("group:", "8h", "target")]
    [InlineData("user:x", "8h", "target")]
    [InlineData("Group:x", "8h", "target")]
    [InlineData("group:..", "8h", "target")]
    [InlineData("group:a/../../b", "8h", "target")]
    [InlineData("group:a?x=1", "8h", "target")]
    [InlineData("group:a b", "8h", "target")]
    [InlineData("group:x", "", "duration")]
    [InlineData("group:x", "8", "duration")]
    [InlineData("group:x", "0s", "duration")]
    [InlineData("group:x", "Permanent", "duration")]
    [InlineData("group:x", "999999999d", "duration")]
    public void A_value_that_the_form_could_not_have_sent_is_named(string target, string duration, string field)
    {
        Submission.Read(Input(target, duration), out var found).ShouldBeNull();
        found.ShouldBe(field);
    }

    [Fact]
    public void A_target_id_of_any_length_is_refused_or_read() =>
        Submission.Read(Input("group:" + new string('x', 101), "8h"), out _).ShouldBeNull();

    [Fact]
    public void A_form_that_sent_nothing_is_refused() => Submission.Read(new FormInput(new Dictionary<string, string>()), out _).ShouldBeNull();

    [Fact]
    public void Nothing_speaks_against_a_good_one() => Check().ShouldBeEmpty();

    [Fact]
    public void A_length_is_at_most_what_the_rule_says()
    {
        var rule = Rule() with { MaxDuration = Hours(8) };

        Check(rule, length: new AccessLength.For(Hours(8))).ShouldBeEmpty();
        Check(rule, length: new AccessLength.For(Hours(8) + Seconds(1))).ShouldBe([(Fields.Duration, new Refusal.TooLong(Hours(8)))]);
        Check(rule, length: new AccessLength.Window(Now, Now + Hours(9))).ShouldBe([(Fields.Duration, new Refusal.TooLong(Hours(8)))]);
        Check(rule, length: new AccessLength.Window(Now, Now + Hours(8))).ShouldBeEmpty();
    }

    [Fact]
    public void A_window_ends_after_it_begins()
    {
        Check(length: new AccessLength.Window(Now, Now)).ShouldBe([(Fields.Duration, new Refusal.ImpossibleValue(Fields.Duration))]);
        Check(length: new AccessLength.Window(Now, Now - Hours(1))).ShouldBe([(Fields.Duration, new Refusal.ImpossibleValue(Fields.Duration))]);
    }

    [Fact]
    public void Access_without_an_end_is_asked_for_only_where_the_rule_allows_it()
    {
        Check(length: new AccessLength.WithoutEnd()).ShouldBe([(Fields.Duration, new Refusal.EndRequired())]);
        Check(Rule() with { MayBePermanent = true }, length: new AccessLength.WithoutEnd()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("123456789", false)]
    [InlineData("1234567890", true)]
    [InlineData("", false)]
    public void A_reason_has_ten_characters_or_more(string reason, bool fine) =>
        Check(reason: reason).Select(found => found.Why).ShouldBe(fine ? [] : [new Refusal.ReasonTooShort(10)]);

    [Fact]
    public void A_reason_of_signs_that_nobody_sees_is_none() =>
        Check(reason: new string('\u200b', 20)).Select(found => found.Why).ShouldBe([new Refusal.ReasonTooShort(10)]);

    [Fact]
    public void A_reason_is_at_most_so_long()
    {
        Check(reason: new string('x', 1000)).ShouldBeEmpty();
        Check(reason: new string('x', 1001)).ShouldBe([(Fields.Justification, new Refusal.ReasonTooLong(1000))]);
    }

    [Fact]
    public void Every_pattern_must_be_found_in_the_reason()
    {
        var rule = Rule() with { JustificationPatterns = ["INC[0-9]+", "import"] };

        Check(rule, reason: "INC7 import").ShouldBeEmpty();
        Check(rule, reason: "INC7 export").ShouldBe([(Fields.Justification, new Refusal.ReasonDoesNotMatch("import"))]);
        Check(rule, reason: "").ShouldBe([(Fields.Justification, new Refusal.ReasonDoesNotMatch("INC[0-9]+"))]);
    }

    [Fact]
    public void A_ticket_matches_every_pattern_whole()
    {
        var rule = Rule() with { TicketPatterns = ["[A-Z]+-[0-9]+", ".{3,8}"] };

        Check(rule, ticket: "ABC-123").ShouldBeEmpty();
        Check(rule, ticket: null).ShouldBe([(Fields.Ticket, new Refusal.TicketMissing())]);
        Check(rule, ticket: "see ABC-1").ShouldBe([(Fields.Ticket, new Refusal.TicketDoesNotMatch("[A-Z]+-[0-9]+"))]);
        Check(rule, ticket: "ABC-1\nx").ShouldBe([(Fields.Ticket, new Refusal.TicketDoesNotMatch("[A-Z]+-[0-9]+"))]);
        Check(rule, ticket: "ABC-1234567").ShouldBe([(Fields.Ticket, new Refusal.TicketDoesNotMatch(".{3,8}"))]);
    }

    [Fact]
    public void A_pattern_of_alternatives_matches_whole_as_well() =>
        Check(Rule() with { TicketPatterns = ["A|B"] }, ticket: "AX").ShouldBe([(Fields.Ticket, new Refusal.TicketDoesNotMatch("A|B"))]);

    [Fact]
    public void A_ticket_is_at_most_so_long() =>
        Check(Rule() with { TicketPatterns = [".*"] }, ticket: new string('x', 101)).ShouldBe([(Fields.Ticket, new Refusal.TicketDoesNotMatch(".*"))]);

    [Fact]
    public void A_pattern_that_would_take_for_ever_elsewhere_is_answered_at_once() =>
        Check(Rule() with { JustificationPatterns = ["^(a+)+$"] }, reason: new string('a', 999) + "!").Count.ShouldBe(1);

    [Fact]
    public void Everything_that_is_wrong_is_said() =>
        Check(Rule() with { TicketPatterns = ["x"] }, new AccessLength.WithoutEnd(), "short").Select(found => found.Field).ShouldBe([Fields.Duration, Fields.Justification, Fields.Ticket]);

    [Theory]
    [InlineData("8h", "8h", false)]
    [InlineData("9h", "8h", false)]
    [InlineData("permanent", "8h", false)]
    [InlineData("permanent", "permanent", true)]
    public void A_rule_shortens_what_was_asked_for(string asked, string allowed, bool permanent)
    {
        AccessLength.TryParse(asked, out var length).ShouldBeTrue();
        AccessLength.TryParse(allowed, out var expected).ShouldBeTrue();

        (Rule() with { MaxDuration = Hours(8), MayBePermanent = permanent }).Limit(length).ShouldBe(expected);
    }

    [Fact]
    public void A_rule_shortens_a_window_at_its_end() =>
        (Rule() with { MaxDuration = Hours(1) }).Limit(new AccessLength.Window(Now, Now + Hours(4))).ShouldBe(new AccessLength.Window(Now, Now + Hours(1)));

    private static List<(string Field, Refusal Why)> Check(AccessRule? rule = null, AccessLength? length = null, string reason = Why, string? ticket = null) =>
        [.. new Submission(Database, length ?? new AccessLength.For(Hours(8)), reason, ticket).Check(rule ?? Rule())];

    private static FormInput Input(string target, string duration, string reason = Why, string ticket = "") => new(new Dictionary<string, string>
    {
        [Fields.Target] = target,
        [Fields.Duration] = duration,
        [Fields.Justification] = reason,
        [Fields.Ticket] = ticket,
    });
}
