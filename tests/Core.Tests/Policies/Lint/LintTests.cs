using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Policies.Lint;

/// <summary>Bob and Carol are approvers with chat accounts; each test makes one thing wrong.</summary>
public sealed class LintTests
{
    private readonly ManualClock clock = new();
    private readonly FakeLoginPolicies logins = new();
    private readonly FakeDirectory directory;
    private readonly FakeChat chat = new();
    private readonly Past past = new();

    public LintTests()
    {
        directory = new FakeDirectory(clock);
        foreach (var person in new[] { Alice, Bob, Carol })
        {
            directory.Add(person, AccountOf(person));
            chat.Add(AccountOf(person));
        }

        directory.Add(ApproverGroup, Bob, Carol);
        directory.Add(Targets.ATarget());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_in_order_is_passed_over()
    {
        var report = (await Run()).ShouldBeOfType<LintReport.Read>();

        report.Targets.ShouldBe(1);
        report.Findings.ShouldBeEmpty();
        report.LookedIntoChat.ShouldBeTrue();
    }

    [Fact]
    public async Task A_login_policy_that_lets_nobody_in_is_named_with_its_client()
    {
        logins.Has("shop", new LoginRules(["reader"], [], ["/staff"]));
        logins.Policies.Add(new LoginPolicy(LoginPlace.Client("desk"), "Mistyped", new LoginRules(["raeder"], [], [])) { Clients = ["desk"], Unresolved = ["raeder", ""] });

        var finding = await Only();
        (finding.Severity, finding.Target, finding.TargetName).ShouldBe((Severity.Error, null, "client desk"));
        LintSentences.For(finding.Fault).ShouldBe("Its login policy \"Mistyped\" lets nobody in: there is no role or group called raeder, (blank), or there are several.");
    }

    [Fact]
    public async Task Login_policies_that_cannot_be_read_are_no_finding_and_are_not_called_looked_at()
    {
        logins.Doubts = _ => Doubt.Forbidden;

        var report = (await Run()).ShouldBeOfType<LintReport.Read>();
        (report.Findings.Count, report.PoliciesUnread).ShouldBe((0, Doubt.Forbidden));
        InquiryMessages.For(report, 10).Small!.ShouldStartWith("What clients ask for at login was not looked at");
    }

    [Theory]
    [InlineData("eligible-group", Severity.Error, "Nobody can ask for it")]
    [InlineData("auto-approve-group", Severity.Warning, "Nobody has anything of `auto-approve-group`")]
    [InlineData("break-glass-group", Severity.Warning, "Nobody has anything of `break-glass-group`")]
    public async Task A_group_of_nobody_that_a_rule_gives_something_to_is_named(string attribute, Severity severity, string said)
    {
        directory.Add(OwnerGroup);
        directory.Add(Targets.ATarget((attribute, OwnerGroup.Path)));

        var finding = await Only();
        finding.Severity.ShouldBe(severity);
        finding.Fault.ShouldBeOfType<Fault.NobodyBelongs>().Groups.ShouldBe([OwnerGroup.Path]);
        LintSentences.For(finding.Fault).ShouldContain(said);

        directory.Add(OwnerGroup, Carol);
        (await Run()).ShouldBeOfType<LintReport.Read>().Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("max-duration", "soon", "`max-duration` at /access/database is no length of time")]
    [InlineData("eligible-group", "/nowhere", "names the group \"/nowhere\", which does not exist")]
    [InlineData("approver-channel", "approvals", "is no channel")]
    [InlineData("risk", "high", "nobody can log in here")]
    public async Task A_rule_that_cannot_be_used_is_named(string attribute, string value, string said)
    {
        directory.Add(Targets.ATarget((attribute, value)));

        var finding = await Only();
        finding.Severity.ShouldBe(Severity.Error);
        finding.Fault.ShouldBeOfType<Fault.Rule>().Problem.ShouldContain(said);
    }

    [Fact]
    public async Task A_high_risk_is_in_order_where_people_can_log_in()
    {
        directory.Add(Targets.ATarget(("risk", "high")));

        (await Run(new LoginAvailability(null))).ShouldBeOfType<LintReport.Read>().Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, true)]
    public async Task A_channel_in_which_the_bot_cannot_speak_is_named(bool? speaks, bool found)
    {
        directory.Add(Targets.ATarget(("approver-channel", "#approvals")));
        if (speaks is { } can)
            chat.Channels[new ChatChannel(ChatPlatform.Slack, "#approvals")] = can;

        var findings = (await Run()).ShouldBeOfType<LintReport.Read>().Findings;
        findings.Select(finding => (finding.Severity, finding.Fault)).ShouldBe(found ? [(Severity.Warning, new Fault.ChannelOutOfReach("#approvals"))] : []);
    }

    [Theory, InlineData("/access"), InlineData("reader")]
    public async Task What_excludes_something_that_it_brings_itself_is_named(string excluded)
    {
        directory.Add(Targets.ABareTarget() with { Id = new TargetId(TargetKind.Group, "g-access"), Name = "/access" });
        directory.Add(Targets.ABareTarget() with { Id = new TargetId(TargetKind.RealmRole, "r-reader"), Name = "reader" });
        directory.Add(Targets.ABareTarget() with { Id = new TargetId(TargetKind.RealmRole, "r-writer"), Name = "writer" });
        var target = Targets.ATarget(("excludes", excluded), ("excludes", "writer"));
        directory.Add(target with { Levels = [.. target.Levels, Targets.Level("/access", [])], Privileges = new Privileges(["reader"], Administrative: false) });

        var finding = await Only();
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Fault.ShouldBe(new Fault.ExcludesWhatItBrings(excluded));
    }

    [Fact]
    public async Task A_group_that_is_named_ambiguously_is_named()
    {
        directory.Add(new GroupRef(new GroupId("g-twin"), ApproverGroup.Path));

        (await Only()).Fault.ShouldBeOfType<Fault.Rule>().Problem.ShouldContain("several groups are called that");
    }

    [Fact]
    public async Task A_target_without_a_deciding_group_is_named()
    {
        directory.Add(Targets.ATarget().Without(Attributes.ApproverGroup));

        (await Only()).Fault.ShouldBeOfType<Fault.Rule>().Problem.ShouldContain("nobody could decide");
    }

    [Fact]
    public async Task An_administrative_role_behind_a_target_is_named_beside_all_else()
    {
        directory.Add(Targets.ATarget(("max-duration", "soon")) with { Privileges = new Privileges(["realm-management/realm-admin"], Administrative: true) });

        var faults = await Faults();
        faults.OfType<Fault.Administrative>().ShouldHaveSingleItem().Roles.ShouldBe(["realm-management/realm-admin"]);
        faults.OfType<Fault.Rule>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_target_gives_and_nobody_can_read_is_an_error()
    {
        directory.Add(Targets.ATarget() with { Privileges = null });

        (await Only()).ShouldSatisfyAllConditions(
            finding => finding.Fault.ShouldBeOfType<Fault.NotSeen>(),
            finding => finding.Severity.ShouldBe(Severity.Error));
    }

    [Fact]
    public async Task A_mark_that_says_no_is_nothing_to_report()
    {
        directory.Add(Targets.ABareTarget((Attributes.Requestable, "false")) with { Privileges = null });

        (await Faults()).ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_stage_in_which_nobody_could_decide_is_named(bool disabled)
    {
        directory.Add(ApproverGroup, disabled ? [Bob] : []);
        directory.Change(Bob, bob => bob with { Enabled = !disabled });

        var fault = (await Only()).Fault.ShouldBeOfType<Fault.NoApprover>();
        fault.Stage.ShouldBe(0);
        fault.Groups.ShouldBe([ApproverGroup.Path]);
    }

    [Fact]
    public async Task The_bots_own_account_and_service_accounts_are_no_approvers()
    {
        directory.Add(new PersonRef(FakeDirectory.Self, "Bot"));
        directory.Change(Bob, bob => bob with { IsServiceAccount = true });
        directory.Add(ApproverGroup, Bob, new PersonRef(FakeDirectory.Self, "Bot"));

        (await Only()).Fault.ShouldBeOfType<Fault.NoApprover>();
    }

    [Fact]
    public async Task An_approver_whom_nobody_can_reach_in_chat_is_a_warning_and_all_of_them_an_error()
    {
        directory.Change(Bob, bob => bob with { Attributes = new Dictionary<string, IReadOnlyList<string>>() });
        var some = await Only();
        some.Severity.ShouldBe(Severity.Warning);
        some.Fault.ShouldBeOfType<Fault.ApproversUnreachable>().People.ShouldBe([Bob.Name]);

        directory.Change(Carol, carol => carol with { Attributes = new Dictionary<string, IReadOnlyList<string>>() });
        var all = await Only();
        all.Severity.ShouldBe(Severity.Error);
        all.Fault.ShouldBeOfType<Fault.NobodyReachable>().People.ShouldBe([Bob.Name, Carol.Name]);
    }

    [Fact]
    public async Task Without_a_chat_platform_nobody_is_called_unreachable()
    {
        var report = (await Run(chats: false)).ShouldBeOfType<LintReport.Read>();

        report.LookedIntoChat.ShouldBeFalse();
        report.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_approvals_than_there_are_people_is_an_error()
    {
        directory.Add(Targets.ATarget(("approvals", "3")));

        var finding = await Only();
        finding.Severity.ShouldBe(Severity.Error);
        var fault = finding.Fault.ShouldBeOfType<Fault.QuorumTooLarge>();
        fault.Needed.ShouldBe(3);
        fault.Stages.ShouldBe([0]);
        fault.People.ShouldBe([Bob.Name, Carol.Name]);
    }

    [Fact]
    public async Task Those_to_escalate_to_count_towards_the_approvals()
    {
        directory.Add(OwnerGroup, Alice);
        directory.Add(Targets.ATarget(("approvals", "3"), ("escalation-group", OwnerGroup.Path)));

        (await Faults()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_stages_with_the_same_single_person_are_an_error()
    {
        directory.Add(ApproverGroup, Bob);
        directory.Add(OwnerGroup, Bob);
        directory.Add(Targets.ATarget(("approver-group-2", OwnerGroup.Path)));

        var fault = (await Only()).Fault.ShouldBeOfType<Fault.QuorumTooLarge>();
        fault.Stages.ShouldBe([0, 1]);
        fault.Needed.ShouldBe(2);
        fault.People.ShouldBe([Bob.Name]);
    }

    [Fact]
    public async Task Stages_that_share_enough_people_are_in_order()
    {
        directory.Add(Targets.ATarget(("approver-group-2", ApproverGroup.Path)));

        (await Faults()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_only_approver_who_usually_asks_is_a_warning()
    {
        directory.Add(ApproverGroup, Bob);
        (await Faults()).ShouldBeEmpty();

        past.Usual[Database] = Bob.Id;
        var finding = await Only();
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Fault.ShouldBe(new Fault.OnlyApproverAsks(0, Bob.Name));
    }

    [Fact]
    public async Task An_only_approver_who_is_among_the_few_who_may_ask_is_a_warning()
    {
        directory.Add(ApproverGroup, Bob);
        directory.Add(OwnerGroup, Alice, Bob);
        directory.Add(Targets.ATarget(("eligible-group", OwnerGroup.Path)));

        (await Only()).Fault.ShouldBe(new Fault.OnlyApproverAsks(0, Bob.Name));
    }

    [Fact]
    public async Task Escalation_to_those_who_were_asked_already_is_a_warning()
    {
        directory.Add(Targets.ATarget(("escalation-group", ApproverGroup.Path)));

        (await Only()).Fault.ShouldBeOfType<Fault.EscalatesToTheSame>().Groups.ShouldBe([ApproverGroup.Path]);
    }

    [Fact]
    public async Task A_group_whose_members_decide_who_else_gets_in_is_a_warning()
    {
        directory.Add(Group("g-approvers", ApproverGroup.Path, ApproverGroup.Path));

        (await Only()).Fault.ShouldBeOfType<Fault.DecidesOnItself>().Through.ShouldBe([ApproverGroup.Path, ApproverGroup.Path]);
    }

    [Fact]
    public async Task Groups_that_decide_on_each_other_are_named_once()
    {
        directory.Add(OwnerGroup, Bob, Carol);
        directory.Add(Group("g-approvers", ApproverGroup.Path, OwnerGroup.Path));
        directory.Add(Group("g-owners", OwnerGroup.Path, ApproverGroup.Path));

        var finding = await Only();
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Fault.ShouldBeOfType<Fault.DecidesOnItself>().Through.ShouldBe([ApproverGroup.Path, OwnerGroup.Path, ApproverGroup.Path]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_never_called_in_order()
    {
        directory.DoubtsGroup = name => name == ApproverGroup.Path ? Doubt.Forbidden : null;
        (await Only()).Fault.ShouldBe(new Fault.NotRead(Doubt.Forbidden));

        directory.DoubtsGroup = _ => null;
        directory.Doubts = call => call == nameof(IDirectory.ReadMembers) ? Doubt.Away : null;
        (await Only()).Fault.ShouldBe(new Fault.NotRead(Doubt.Away));

        directory.Doubts = call => call == nameof(IDirectory.ReadRequestable) ? Doubt.Away : null;
        (await Run()).ShouldBe(new LintReport.Unknown(Doubt.Away));
    }

    [Fact]
    public async Task Another_realm_is_not_looked_at()
    {
        directory.RealmId = "realm-2";

        (await Run()).ShouldBe(new LintReport.Unknown(Doubt.OtherRealm));
    }

    [Fact]
    public async Task A_group_of_many_targets_is_read_once()
    {
        for (var i = 0; i < 20; i++)
            directory.Add(Group($"g-{i}", $"/access/{i}", ApproverGroup.Path));
        await Run();

        directory.Calls[nameof(IDirectory.ReadMembers)].ShouldBe(1);
    }

    private static TargetFacts Group(string id, string path, string approvers) => Targets.ABareTarget((Attributes.Requestable, "true"), (Attributes.ApproverGroup, approvers)) with
    {
        Id = new TargetId(TargetKind.Group, id),
        Name = path,
    };

    private async Task<Finding> Only() => (await Run()).ShouldBeOfType<LintReport.Read>().Findings.ShouldHaveSingleItem();

    private async Task<IReadOnlyList<Fault>> Faults() => [.. (await Run()).ShouldBeOfType<LintReport.Read>().Findings.Select(finding => finding.Fault)];

    private Task<LintReport> Run(LoginAvailability login) => Run(true, login);

    private Task<LintReport> Run(bool chats = true, LoginAvailability? login = null)
    {
        var people = new PeopleOptions();
        IChatPlatform[] platforms = chats ? [chat] : [];
        return new LintCatalog(
            directory,
            logins,
            new AccessChecks(directory, new OneRealm(), new Exclusions(directory, new NothingRead(), null!), new FixedPolicy(), login), // of which the realm alone is asked for
            new Identities([new AttributeSource(directory, people)], platforms, people),
            platforms, past, clock).Run(Ct);
    }

    private sealed class FixedPolicy : IPolicies
    {
        public Policy Current => Policy.None;

        public void Replace(Policy policy) => throw new NotSupportedException();
    }

    private sealed class NothingRead : ICatalog
    {
        public Catalog Current => Catalog.Empty;
    }

    private sealed class OneRealm : IDeployment
    {
        public Task<string> KnownRealm(string realmId, CancellationToken ct) => Task.FromResult("realm-1");

        public Task<DateTimeOffset?> AnchoredAt(CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

        public Task<string> Policy(CancellationToken ct) => Task.FromResult("");

        public Task<DateTimeOffset?> RaisedAt(Alarm alarm, CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);
    }

    private sealed class Past : IOverview
    {
        public Dictionary<TargetId, PersonId> Usual { get; } = [];

        public Task<IReadOnlyDictionary<TargetId, PersonId>> UsualBeneficiaries(DateTimeOffset since, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<TargetId, PersonId>>(Usual);

        public Task<IReadOnlyList<HeldGrant>> Held(PersonId person, int max, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<AccessRequest>> Requests(ChatAccount account, PersonId? person, int max, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<AccessRequest>> Waiting(ChatAccount account, int max, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<Core.Grants.Entitlement>> Holders(TargetId target, int max, CancellationToken ct) => throw new NotSupportedException();
    }
}
