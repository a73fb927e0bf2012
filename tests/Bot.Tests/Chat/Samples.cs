using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Tests.Chat;

/// <summary>Every kind of message, form and page that people see.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset now = new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly PersonRef alice = new(new PersonId("p-alice"), "Alice Adams");
    private static readonly PersonRef bob = new(new PersonId("p-bob"), "Bob Brown");
    private static readonly ChatAccount bobsAccount = new(ChatPlatform.Slack, "T1", "U2");
    private static readonly PersonRef carol = new(new PersonId("p-carol"), "Carol Clark");
    private static readonly RequestId request = new(new Guid("11111111-2222-3333-4444-555555555555"));
    private static readonly FormId form = new(new Guid("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"));

    public static IReadOnlyDictionary<string, ChatMessage> Messages { get; } = new Dictionary<string, ChatMessage>
    {
        ["decide-pending"] = RequestMessages.Decide(Asked(Pending()), bobsAccount, null),
        ["decide-being-checked"] = RequestMessages.Decide(Asked(Pending()) with { Votes = [Cast()] }, bobsAccount, null),
        ["decide-keycloak-away"] = RequestMessages.Decide(Asked(Pending()) with { HeldUpBy = Core.Doubt.Away }, bobsAccount, null),
        ["decide-approved"] = RequestMessages.Decide(Asked(new RequestState.Approved(bob, now)), bobsAccount, Given(new GrantState.Active(now, now.AddHours(8)))),
        ["decide-denied"] = RequestMessages.Decide(Asked(new RequestState.Denied(bob, now, "Use the replica")), bobsAccount, null),
        ["decide-progress"] = RequestMessages.Decide(TwoStages(), new ChatAccount(ChatPlatform.Slack, "T1", "U3"), null),
        ["decide-answered"] = RequestMessages.Decide(Asked(Pending()) with { Questions = [Question with { Answer = new QuestionAnswer(alice, "The <nightly> one & its copy.", now) }] }, bobsAccount, null),
        ["follow-asked"] = RequestMessages.Follow(Asked(Pending()) with { Questions = [Question] }, null),
        ["note-question"] = RequestMessages.QuestionNotes(Asked(Pending()), Question)[0].Message,
        ["decide-waits-for-others"] = RequestMessages.Decide(TwoStages(), bobsAccount, null),
        ["follow-received"] = RequestMessages.Follow(Asked(new RequestState.Received(now.AddDays(1))), null),
        ["follow-pending"] = RequestMessages.Follow(Asked(Pending()) with { Approvers = new Approvers(["Bob Brown", "Carol Clark"], ["Dave Dunn"]) }, null),
        ["follow-refused"] = RequestMessages.Follow(Asked(new RequestState.Refused(new Refusal.NobodyReachable(["Dave Dunn"]), now)), null),
        ["follow-held-up"] = RequestMessages.Follow(Asked(new RequestState.Approved(bob, now)), Given(new GrantState.Waiting(now.AddDays(1))), Tried(Core.Doubt.Away, now)),
        ["follow-overdue"] = RequestMessages.Follow(
            Asked(new RequestState.Approved(bob, now)), Given(new GrantState.Ending(EndReason.Expired, now, now.AddHours(8))), Tried(Core.Doubt.Forbidden, now.AddHours(8))),
        ["audit-open"] = RequestMessages.Audit(Asked(Pending()), null),
        ["audit-ended"] = RequestMessages.Audit(Asked(new RequestState.Approved(bob, now)), Given(new GrantState.Ended(EndReason.Expired, EndOutcome.Removed, now.AddHours(8), []))),
        ["note-denied"] = RequestMessages.OutcomeNote(Asked(new RequestState.Denied(bob, now, "Use the replica")))!,
        ["note-granted"] = GrantMessages.Granted(Held(), Given(new GrantState.Active(now, now.AddHours(8)))),
        ["note-reminder"] = GrantMessages.Reminder(Held(), Given(new GrantState.Active(now, now.AddHours(8))), now.AddHours(7)),
        ["note-ended"] = GrantMessages.Ended(Held(), new GrantState.Ended(EndReason.Expired, EndOutcome.Removed, now, [])),
        ["note-ended-and-kept"] = GrantMessages.Ended(Held(), new GrantState.Ended(EndReason.Expired, EndOutcome.KeptHeldBefore, now, [])),
        ["offer-one"] = OfferMessages.For(Offered([[Reader]]), Standing(OfferStanding.None)),
        ["offer-several"] = OfferMessages.For(Offered([[Reader], [Writer]]), Standing(OfferStanding.None)),
        ["offer-together"] = OfferMessages.For(Offered([[Reader, Writer]]), Standing(OfferStanding.Asked)),
        ["offer-nothing"] = OfferMessages.For(Offered([]), Standing(OfferStanding.None)),
        ["offer-held"] = OfferMessages.For(Offered([[Reader, Writer]]), Standing(OfferStanding.Held, OfferStanding.Held)),
        ["login-policy-decide"] = LoginPolicyMessages.For(Wanted(new LoginChangeState.Proposed()), CardPurpose.Decide, now),
        ["login-policy-follow"] = LoginPolicyMessages.For(Wanted(new LoginChangeState.Proposed()), CardPurpose.Follow, now),
        ["login-policy-made"] = LoginPolicyMessages.For(Wanted(new LoginChangeState.Made(bob)), CardPurpose.Decide, now),
        ["note-one-line"] = new ChatMessage { Title = "Alice Adams asked for /production/database-readers for 8 hours", Small = "#17 0a1b2c3d4e5f" },
    };

    private static LoginChange Wanted(LoginChangeState state) => new()
    {
        Id = new LoginChangeId(new Guid("99999999-8888-7777-6666-555555555555")),
        Client = "shop",
        Before = LoginRules.Nothing,
        After = new LoginRules(["curator", "ledger/read"], [], ["/museum"], "Ask the <museum>."),
        By = alice,
        From = new ChatAccount(ChatPlatform.Slack, "T1", "U1"),
        ProposedAt = now,
        State = state,
    };

    private static OfferedTarget Reader => new(new TargetId(TargetKind.RealmRole, "r-1"), "shop-reader");

    private static OfferedTarget Writer => new(new TargetId(TargetKind.ClientRole, "r-2"), "shop/writer");

    private static LoginOffer Offered(IReadOnlyList<IReadOnlyList<OfferedTarget>> ways) => new()
    {
        Id = new OfferId(new Guid("99999999-8888-7777-6666-555555555555")),
        Person = alice,
        Client = "shop",
        ClientName = "Shop <b>floor</b>",
        Needs = [new LoginNeed(["shop-reader", "shop/writer"], []), new LoginNeed([], ["/staff"])],
        Ways = [.. ways.Select(way => new WayIn(way))],
        OfferedAt = now,
    };

    private static Dictionary<OfferedTarget, OfferStanding> Standing(OfferStanding reader, OfferStanding writer = OfferStanding.None) => new() { [Reader] = reader, [Writer] = writer };

    /// <summary>What people might write, and more of it than there is room for.</summary>
    public static IReadOnlyDictionary<string, ChatMessage> Extremes { get; } = new Dictionary<string, ChatMessage>
    {
        ["hostile"] = new ChatMessage
        {
            Title = "<!channel> <@U0000002> asks for `prod` & *everything* &lt;",
            Lines = ["<!here> :tada: _now_", "<https://evil.example|click> ```code```", "   "],
            Facts = [new Fact("Why", "<!channel> & <!subteam^S1> &amp; &amp;amp; *bold* :skull:"), new Fact("Empty", ""), new Fact("<!everyone>", now)],
            Actions = [new ChatAction("Approve <it> & go", new ChatIntent.Approve(request))],
            Small = "<!channel>",
        },
        ["long"] = new ChatMessage
        {
            Title = $"{new string('&', 1000)} asks for {new string('x', 3000)}",
            Lines = [.. Enumerable.Repeat(new string('<', 5000), 60)],
            Facts = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { new Fact($"Fact {i}", string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500))), new Fact($"At {i}", now.AddDays(i)) })],
            Actions = [.. Enumerable.Range(0, 60).Select(i => new ChatAction(new string('>', 100), i % 2 == 0 ? new ChatIntent.Approve(request) : new ChatIntent.Ask()))],
            Small = new string('&', 5000),
        },
        ["exact"] = new ChatMessage { Title = new string('t', 150), Lines = [new string('l', 3000)], Facts = [new Fact("F", new string('f', 2998))], Small = new string('s', 3000) },
        ["combining"] = new ChatMessage { Title = "a" + new string('\u0301', 5000), Lines = ["x"] },
    };

    public static IReadOnlyDictionary<string, ChatForm> Forms { get; } = new Dictionary<string, ChatForm>
    {
        ["form-offered"] = OfferForm.For(form, Offered([[Reader, Writer]]), 0,
        [
            new CatalogEntry(Reader.Target, Reader.Name, new AccessRule { Stages = [], MaxDuration = TimeSpan.FromDays(2), JustificationPatterns = ["why"] }, []),
            new CatalogEntry(Writer.Target, Writer.Name, new AccessRule { Stages = [], DefaultDuration = TimeSpan.FromHours(1), TicketPatterns = ["INC-[0-9]+"] }, []),
        ]),
        ["form-skeleton"] = RequestForm.Skeleton(form),
        ["form-closed"] = RequestForm.Closed(form, Sentences.For(new Refusal.NotLinked(new ChatAccount(ChatPlatform.Slack, "T1", "U1")))),
        ["form-empty"] = RequestForm.Filled(form, null, []),
        ["form-picked"] = RequestForm.Filled(form, FixedCatalog.Production, ["Bob Brown", "Carol Clark"]),
        ["form-ticket"] = RequestForm.Filled(form, FixedCatalog.Demo, []),
        ["form-deny"] = DenyForm.For(form, Asked(Pending())),
        ["form-question"] = QuestionForms.Ask(form, Asked(Pending())),
        ["form-answer"] = QuestionForms.Answer(form, Asked(Pending()), Question),
        ["form-too-late"] = DenyForm.TooLate(form, Sentences.For(new Refusal.AlreadyDecided("approved", bob))),
        ["form-long"] = RequestForm.Filled(form, FixedCatalog.Entry("long", "/" + string.Join('/', Enumerable.Repeat("a & b", 100))), [.. Enumerable.Repeat(new string('<', 400), 30)]),
    };

    public static IReadOnlyDictionary<string, ChatHome> Homes { get; } = new Dictionary<string, ChatHome>
    {
        ["home-empty"] = Home(0),
        ["home"] = Home(2),
        ["home-full"] = Home(15),
    };

    private static ChatHome Home(int items) => new(
        [
            new HomeSection("Waiting for your decision", [.. Enumerable.Repeat(
                new HomeItem("Alice Adams asks for /production/database-readers", [new Fact("How long", "8 hours"), new Fact("Why", new string('w', 90))], [
                    new ChatAction("Approve", new ChatIntent.Approve(request), ActionStyle.Primary),
                    new ChatAction("Deny", new ChatIntent.Deny(request), ActionStyle.Danger),
                ]), items)], "Nothing waits for you.", More: items == 15 ? 1 : 0),
            new HomeSection("What you hold", [.. Enumerable.Repeat(new HomeItem("/demo", [new Fact("Ends", now), new Fact("Time left", "1 hour")], []), items)], "You hold nothing that was given here."),
            new HomeSection("What you asked for", [.. Enumerable.Repeat(new HomeItem("/demo", [new Fact("Status", "pending"), new Fact("Asked", now)], []), items)], "You have not asked for anything yet."),
        ],
        [new ChatAction("Request access", new ChatIntent.Ask(), ActionStyle.Primary)]);

    private static Question Question => new() { Id = new Guid("88888888-7777-6666-5555-444444444444"), By = bob, Text = "Which *import* is <it>?", At = now };

    private static RequestState.Pending Pending() => new(0, now, now.AddDays(7));

    /// <summary>Bob and Carol have approved the first stage; Carol decides in the second, too, but counts once.</summary>
    private static AccessRequest TwoStages() => Asked(new RequestState.Pending(1, now, now.AddDays(7))) with
    {
        Rule = new AccessRule { Stages = [new Stage([new GroupRef(new GroupId("g1"), "/approvers")], 2), new Stage([new GroupRef(new GroupId("g2"), "/owners")], 2)] },
        Votes =
        [
            Cast() with { State = new VoteState.Counted(bob, "attribute", now) },
            Cast() with { Caster = new ChatAccount(ChatPlatform.Slack, "T1", "U4"), State = new VoteState.Counted(carol, "attribute", now) },
        ],
    };

    private static Vote Cast() => new() { Id = Guid.Empty, Caster = new ChatAccount(ChatPlatform.Slack, "T1", "U2"), Choice = Choice.Approve, ReceivedAt = now, Stage = 0, State = new VoteState.Cast() };

    private static AccessRequest Asked(RequestState state) => new()
    {
        Id = request,
        Filing = new Filing(new ChatAccount(ChatPlatform.Slack, "T0000001", "U0000001"), alice),
        Beneficiary = alice,
        Target = FixedCatalog.Production.Target,
        TargetName = FixedCatalog.Production.Name,
        Length = new AccessLength.For(TimeSpan.FromHours(8)),
        Justification = "Looking into the failed backup of last night; see the run book for what is needed and why it is urgent.",
        Ticket = "OPS-17",
        ReceivedAt = now,
        EffectiveRoles = ["db-read"],
        State = state,
    };

    private static Retry Tried(Core.Doubt why, DateTimeOffset since) => new(3, since.AddSeconds(7), why, since);

    private static Entitlement Held() => new() { Id = new EntitlementId(Guid.Empty), Person = alice, Target = FixedCatalog.Production.Target, TargetName = FixedCatalog.Production.Name, Grants = [] };

    private static Grant Given(GrantState state) => new()
    {
        Id = new GrantId(Guid.Empty),
        Request = request,
        Basis = new GrantBasis.Decision(bob),
        Length = new AccessLength.For(TimeSpan.FromHours(8)),
        State = state,
    };
}
