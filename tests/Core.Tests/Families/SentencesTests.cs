using ChatGovernance.TestSupport;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Core.Tests.Families;

public sealed partial class SentencesTests
{
    public static TheoryData<string> Refusals => Specimen.NamesOf<Refusal>();

    public static TheoryData<string> Failures => Specimen.NamesOf<GrantFailure>();

    public static TheoryData<string> Faults => Specimen.NamesOf<Fault>();

    public static TheoryData<Office> Offices => [.. Enum.GetValues<Office>()];

    public static TheoryData<string> Lengths => Specimen.NamesOf<AccessLength>();

    public static TheoryData<Doubt> Doubts => [.. Enum.GetValues<Doubt>()];

    public static TheoryData<EndReason> Reasons => [.. Enum.GetValues<EndReason>()];

    public static TheoryData<EndOutcome> Outcomes => [.. Enum.GetValues<EndOutcome>()];

    public static TheoryData<MemberStanding> Standings => [.. Enum.GetValues<MemberStanding>()];

    public static TheoryData<string> Kinds => [.. typeof(AuditKind).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory, MemberData(nameof(Refusals))]
    public void Every_refusal_has_its_sentence(string name) => ShouldBeASentence(Sentences.For(Specimen.Named<Refusal>(name)));

    /// <summary>Why, and what to do next: each ends in something that its reader can do, or says that nothing is needed.</summary>
    [Theory, MemberData(nameof(Refusals))]
    public void Every_refusal_says_what_to_do_next(string name) =>
        Sentences.For(Specimen.Named<Refusal>(name)).Split(". ", StringSplitOptions.RemoveEmptyEntries)
            .ShouldContain(part => NextStep().IsMatch(part), "Nobody is left with a refusal alone.");

    [Fact]
    public void No_two_refusals_share_a_sentence() =>
        Specimen.Each<Refusal>().Select(Sentences.For).ShouldBeUnique();

    [Theory, MemberData(nameof(Doubts))]
    public void Every_doubt_has_its_sentence(Doubt doubt) => ShouldBeASentence(Sentences.For(doubt));

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_of_a_target_has_its_sentence_and_how_to_mend_it(string name)
    {
        ShouldBeASentence(LintSentences.For(Specimen.Named<Fault>(name)));
        ShouldBeASentence(LintSentences.Mend(Specimen.Named<Fault>(name)));
    }

    [Fact]
    public void No_two_faults_share_a_code() => Specimen.Each<Fault>().Select(LintSentences.Code).ShouldBeUnique();

    [Theory, MemberData(nameof(Offices))]
    public void Every_office_has_its_words(Office office) => ShouldBeASentence(Sentences.For(new Refusal.NotStaff([office])));

    [Theory, MemberData(nameof(Failures))]
    public void Every_failure_has_its_sentence(string name) => ShouldBeASentence(Sentences.For(Specimen.Named<GrantFailure>(name)));

    [Fact]
    public void A_failure_without_a_doubt_has_its_sentence() => ShouldBeASentence(Sentences.For(new GrantFailure.OutOfTime(null)));

    [Theory, MemberData(nameof(Reasons))]
    public void Every_reason_of_an_end_has_its_words(EndReason why) => Sentences.For(why).ShouldNotBeEmpty();

    [Theory, MemberData(nameof(Outcomes))]
    public void Every_outcome_of_an_end_has_its_sentence(EndOutcome outcome) => ShouldBeASentence(Sentences.For(outcome));

    [Theory, MemberData(nameof(Lengths))]
    public void Every_kind_of_length_has_its_words(string name) => Sentences.For(Specimen.Named<AccessLength>(name)).ShouldNotBeEmpty();

    [Theory, MemberData(nameof(Standings))]
    public void Every_standing_that_is_not_served_has_its_sentence(MemberStanding standing) =>
        ShouldBeASentence(Sentences.For(new Refusal.ChatAccountNotServed(standing)));

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_audit_row_has_its_line(string kind) =>
        AuditSentences.For(new AuditEntry { Kind = kind, Subject = Subject.System, At = Some.Now }).ShouldNotBe(kind);

    [Theory, MemberData(nameof(Kinds))]
    public void An_audit_line_that_quotes_a_sentence_ends_once(string kind)
    {
        const string Sentence = "Keycloak does not answer.";
        var facts = new Dictionary<string, string> { ["why"] = Sentence, ["outcome"] = Sentence, ["tokens"] = Sentence, ["problems"] = Sentence };
        var entry = new AuditEntry { Kind = kind, Subject = Subject.System, At = Some.Now, Facts = facts };

        AuditSentences.For(entry).ShouldNotContain("..");
    }

    [Theory]
    [InlineData(0, "less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(90, "1 minute 30 seconds")]
    [InlineData(3600, "1 hour")]
    [InlineData(3599, "59 minutes 59 seconds")]
    [InlineData(28 * 3600, "1 day 4 hours")]
    [InlineData(86400 + 61, "1 day")]
    [InlineData(30 * 86400, "30 days")]
    public void A_span_is_said_in_at_most_two_units_and_never_rounded_up(int seconds, string words) =>
        Sentences.Span(TimeSpan.FromSeconds(seconds)).ShouldBe(words);

    [Fact]
    public void What_is_more_than_a_list_shows_is_counted()
    {
        Sentences.List(["a", "b"], 2).ShouldBe("a, b");
        Sentences.List(["a", "b", "c", "d"], 2).ShouldBe("a, b and 2 more");
    }

    private static void ShouldBeASentence(string text)
    {
        text.ShouldEndWith(".");
        text.ShouldNotContain("..");
        text.ShouldNotContain("  ");
        char.IsUpper(text[0]).ShouldBeTrue();
    }

    [GeneratedRegex("^(Ask |Type |Choose |Say |Name |Pick |Give |Please try again|You can |Nothing more is needed|If (you|the access|it|the request) )|(please (ask|decide) again|nothing more is needed from you|changed nothing, and|Ask )")]
    private static partial Regex NextStep();
}
