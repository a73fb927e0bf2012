using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Separation of duties: whoever pays does not order.</summary>
public abstract class ExclusionTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly TargetId payments = new(TargetKind.Group, "g-payments");
    private static readonly TargetId auditor = new(TargetKind.RealmRole, "r-auditor");

    public enum Held
    {
        Directly,
        InEffect,
    }

    [Theory, InlineData(Held.Directly), InlineData(Held.InEffect)]
    public async Task Who_holds_what_is_excluded_in_whatever_way_is_refused_with_its_name(Held how)
    {
        Excluding();
        Hold(payments, how);
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Excluded("/payments"));
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_holds_nothing_of_it_may_ask()
    {
        Excluding();
        await StateOf<RequestState.Approved>(await AskAndApprove());
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_asked_again_at_the_vote()
    {
        Excluding();
        var request = await Ask();
        Hold(payments, Held.InEffect);
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Excluded("/payments"));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_excluded_at_the_request_still_is_at_the_vote_although_the_rule_was_loosened()
    {
        Excluding();
        var request = await Ask();
        Hold(payments, Held.InEffect);
        Offer();
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Excluded("/payments"));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_3_it_is_asked_again_at_the_change()
    {
        Excluding();
        var request = await Ask();
        await Vote(request, Bob);
        await Workers.WorkOn(Core.Work.WorkKind.Inbox, Ct);
        await Workers.WorkOn(Core.Work.WorkKind.Request, Ct);
        await StateOf<RequestState.Approved>(request);
        Hold(payments, Held.Directly);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBe(new GrantFailure.NotAllowed(new Refusal.Excluded("/payments")));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task The_rule_holds_from_the_other_side_too()
    {
        Offer();
        Workers.Catalog.Current = Targets.ACatalog(
            Workers.Catalog.Current.Entries[0],
            new CatalogEntry(payments, "/payments", Rule() with { Excludes = [new TargetRef(Database, DatabaseName)] }, []));
        Directory.Add(Target(payments, "/payments"));
        Hold(payments, Held.Directly);
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Excluded("/payments"));
    }

    [Fact]
    public async Task The_rule_of_another_target_that_names_a_role_which_this_one_brings_holds_too()
    {
        var facts = Targets.ATarget() with { Privileges = new Privileges(["auditor"], Administrative: false) };
        Directory.Add(facts);
        Directory.Add(Target(payments, "/payments"));
        Workers.Catalog.Current = Targets.ACatalog(
            new CatalogEntry(facts.Id, facts.Name, Rule(), ["auditor"]),
            new CatalogEntry(payments, "/payments", Rule() with { Excludes = [new TargetRef(auditor, "auditor")] }, []));
        Hold(payments, Held.Directly);
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Excluded("/payments"));
    }

    [Fact]
    public async Task Invariant_10_what_cannot_be_read_is_not_taken_for_not_held()
    {
        Excluding();
        Directory.Doubts = call => call == nameof(IDirectory.HoldsInEffect) ? Doubt.Forbidden : null;
        var request = await Ask();
        await StateOf<RequestState.Received>(request);
        (await Load(request)).HeldUpBy.ShouldBe(Doubt.Forbidden);

        Directory.Doubts = _ => null;
        await Pass(Minutes(5));
        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task What_is_excluded_and_does_not_exist_takes_the_target_out_of_the_offer()
    {
        Offer(("excludes", "/payments"));
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.Unusable>().Problems.ShouldHaveSingleItem().ShouldContain("\"/payments\"");
    }

    [Fact]
    public async Task What_is_excluded_and_gone_meanwhile_is_held_by_nobody()
    {
        Excluding();
        Directory.Delete(payments);
        Directory.Add(Target(payments, "/payments"));
        await StateOf<RequestState.Pending>(await Ask());
    }

    private void Excluding()
    {
        Directory.Add(Target(payments, "/payments"));
        Offer(("excludes", "/payments"));
    }

    private void Hold(TargetId target, Held how)
    {
        if (how == Held.Directly)
            Directory.GiveOutside(Alice, target);
        else
            Directory.HeldInEffect.Add((Alice.Id, target));
    }

    private static TargetFacts Target(TargetId id, string name) => new()
    {
        Id = id,
        Name = name,
        Levels = [Targets.Level(name, [])],
        AncestorsReadable = true,
        Privileges = NoPrivileges,
    };
}

public sealed class SqliteExclusionTests() : ExclusionTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlExclusionTests() : ExclusionTests(DatabaseKind.PostgreSql);
