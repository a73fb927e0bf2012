using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// The decision table of every rule alone and with every other: Alice asks for 8 hours, and Bob approves. What a rule does by itself stands
/// in its row; together, a refusal wins over everything, then a freeze, then an approval by rule, then whatever needs more than one approval.
/// </summary>
public sealed class RulePairsTests() : UseCaseTests(DatabaseKind.Sqlite)
{
    private const string OfAlice = "/of-alice";
    private const string OfCarol = "/of-carol";
    private const string Held = "/access/held";

    private static readonly TargetId held = new(TargetKind.Group, "held");

    /// <summary>What a rule leaves of the story when it stands alone.</summary>
    private enum Effect
    {
        /// <summary>Nothing is different: Bob's approval grants.</summary>
        None,
        Refused,
        Waits,
        ApprovedAtOnce,
        NeedsMore,
    }

    private static readonly IReadOnlyDictionary<string, Row> rows = new Dictionary<string, Row>
    {
        [Attributes.MaxDuration] = new(Effect.Refused, [(Attributes.MaxDuration, "4h")], nameof(Refusal.TooLong)),
        [Attributes.EligibleGroup] = new(Effect.Refused, [(Attributes.EligibleGroup, OwnerGroup.Path)], nameof(Refusal.NotEligible)),
        [Attributes.Excludes] = new(Effect.Refused, [(Attributes.Excludes, Held)], nameof(Refusal.Excluded)),
        [Attributes.JustificationPattern] = new(Effect.Refused, [(Attributes.JustificationPattern, "INC-[0-9]+")], nameof(Refusal.ReasonDoesNotMatch)),
        [Attributes.TicketPattern] = new(Effect.Refused, [(Attributes.TicketPattern, "OPS-[0-9]+")], nameof(Refusal.TicketMissing)),
        ["frozen"] = new(Effect.Waits, [], null),
        [Attributes.AutoApproveGroup] = new(Effect.ApprovedAtOnce, [(Attributes.AutoApproveGroup, OfAlice)], null),
        [Attributes.Approvals] = new(Effect.NeedsMore, [(Attributes.Approvals, "2")], null),
        [Attributes.SecondApproverGroup] = new(Effect.NeedsMore, [(Attributes.SecondApproverGroup, OfCarol)], null),
        [Attributes.Risk] = new(Effect.NeedsMore, [(Attributes.Risk, "high")], null),
        [Attributes.BreakGlassGroup] = new(Effect.None, [(Attributes.BreakGlassGroup, OfAlice)], null),
        [Attributes.EscalationGroup] = new(Effect.None, [(Attributes.EscalationGroup, OfCarol), (Attributes.EscalateAfter, "1d")], null),
        [Attributes.ApproverChannel] = new(Effect.None, [(Attributes.ApproverChannel, "#approvals")], null),
        [Attributes.Permanent] = new(Effect.None, [(Attributes.Permanent, "true")], null),
        [Attributes.PendingTtl] = new(Effect.None, [(Attributes.PendingTtl, "1d")], null),
        [Attributes.DefaultDuration] = new(Effect.None, [(Attributes.DefaultDuration, "1h")], null),
    };

    /// <summary>Each with itself, and each with each other once.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var data = new TheoryData<string, string>();
            var names = rows.Keys.ToList();
            for (var one = 0; one < names.Count; one++)
            {
                for (var other = one; other < names.Count; other++)
                    data.Add(names[one], names[other]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Alone_and_together_they_come_to_what_the_stricter_says(string one, string other)
    {
        Row[] both = one == other ? [rows[one]] : [rows[one], rows[other]];
        Directory.Add(new GroupRef(new GroupId("g-alice"), OfAlice), Alice);
        Directory.Add(new GroupRef(new GroupId("g-carol"), OfCarol), Carol);
        Directory.Add(OwnerGroup, Bob);
        Directory.Add(Targets.ATarget() with { Id = held, Name = Held });
        Directory.GiveOutside(Alice, held);
        Offer([.. both.SelectMany(row => row.Attributes)]);
        if (one == "frozen" || other == "frozen")
            await Store.Commits.Commit(new Changes { Alarm = new AlarmChange(Alarm.Frozen, Clock.GetUtcNow()) }, Ct);

        await Send();
        await Work();
        var request = (await RequestsOf(Alice)).Single().Id;
        await Vote(request, Bob);
        await Work();

        var state = (await Load(request)).State;
        var holds = Directory.Has(Alice, Database);
        switch (both.Select(row => row.Effect).Where(effect => effect != Effect.None).DefaultIfEmpty(Effect.None).Min())
        {
            // Nothing of a target is looked at while everything is frozen.
            case Effect.Waits or Effect.Refused when both.Any(row => row.Effect == Effect.Waits):
                state.ShouldBeOfType<RequestState.Received>();
                holds.ShouldBeFalse();
                break;
            case Effect.Refused:
                both.Select(row => row.Refusal).ShouldContain(state.ShouldBeOfType<RequestState.Refused>().Why.GetType().Name);
                holds.ShouldBeFalse();
                break;
            case Effect.ApprovedAtOnce:
                state.ShouldBeOfType<RequestState.Approved>().By.ShouldBeNull();
                holds.ShouldBeTrue();
                break;
            case Effect.NeedsMore:
                state.ShouldBeOfType<RequestState.Pending>();
                holds.ShouldBeFalse();
                break;
            default:
                state.ShouldBeOfType<RequestState.Approved>().By.ShouldBe(Bob);
                holds.ShouldBeTrue();
                break;
        }
    }

    [Fact]
    public void Every_rule_of_the_product_has_its_row() => typeof(Attributes).GetFields().Select(field => (string)field.GetRawConstantValue()!)
        .Except([Attributes.Requestable, Attributes.ApproverGroup, Attributes.ThirdApproverGroup, Attributes.Description, Attributes.EscalateAfter, Attributes.BreakGlassConfirm]) // say whose row it is, or what it is called, or are no rule without another
        .Append("frozen").ShouldBe(rows.Keys, ignoreOrder: true);

    private sealed record Row(Effect Effect, IReadOnlyList<(string, string)> Attributes, string? Refusal);
}
