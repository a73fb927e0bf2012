using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Reading all that can be requested, and what comes of a realm that is not the known one.</summary>
public abstract class CatalogTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private const string SecretGroup = "/secret";

    private static readonly TargetId billing = new(TargetKind.Group, "g-billing");

    [Fact]
    public async Task A_group_that_may_not_be_read_makes_one_target_unusable_which_is_told_once_and_once_when_it_is_mended()
    {
        AddBilling();
        Directory.DoubtsGroup = name => name == SecretGroup ? Doubt.Forbidden : null;
        for (var i = 0; i < 3; i++)
        {
            var read = (await Workers.Refresh(Ct)).ShouldBeOfType<CatalogRefresh.Read>().Catalog;
            read.Entries.Select(entry => entry.Target).ShouldBe([Database]);
            read.Unusable.Select(target => target.Target).ShouldBe([billing]);
        }

        await Work();
        AuditLines.Count(line => line.StartsWith("/access/billing is marked requestable but not offered", StringComparison.Ordinal)).ShouldBe(1);

        Directory.DoubtsGroup = _ => null;
        for (var i = 0; i < 3; i++)
            (await Workers.Refresh(Ct)).ShouldBeOfType<CatalogRefresh.Read>().Catalog.Entries.Count.ShouldBe(2);
        await Work();
        AuditLines.Count(line => line == "/access/billing can be read again.").ShouldBe(1);
        AuditLines.Count(line => line.StartsWith(DatabaseName, StringComparison.Ordinal)).ShouldBe(0);
    }

    [Fact]
    public async Task A_read_that_failed_or_brought_nothing_keeps_the_last_good_one_and_checks_no_grant()
    {
        AddBilling();
        var request = await AskAndApprove("3d");
        await Workers.Refresh(Ct);
        var good = Workers.Catalog.Current;

        Directory.DoubtsGroup = name => name == SecretGroup ? Doubt.Away : null;
        (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(Doubt.Away));
        DirectoryIsAway();
        (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(Doubt.Away));
        DirectoryIsBack();
        Directory.Delete(Database);
        Directory.Delete(billing);
        (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(Doubt.Unreadable));

        Workers.Catalog.Current.ShouldBeSameAs(good);
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
    }

    /// <summary>The directory stopped making sense in the middle of a reading: nobody is to find an empty form for that.</summary>
    [Theory]
    [InlineData(Doubt.Forbidden)]
    [InlineData(Doubt.Unreadable)]
    public async Task Where_most_of_what_is_offered_cannot_be_read_it_stays_for_an_hour(Doubt trouble)
    {
        AddBilling();
        await Workers.Refresh(Ct);
        var good = Workers.Catalog.Current;

        Directory.DoubtsGroup = _ => trouble;
        (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(trouble));
        Clock.Advance(RefreshCatalog.UntilBelieved - Seconds(1));
        (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(trouble));
        Workers.Catalog.Current.ShouldBeSameAs(good);

        Clock.Advance(Seconds(1));
        (await Workers.Refresh(Ct)).ShouldBeOfType<CatalogRefresh.Read>().Catalog.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Grants_of_a_target_that_vanished_are_looked_at_at_once()
    {
        AddBilling();
        var request = await AskAndApprove("3d");
        await Workers.Refresh(Ct);

        Directory.Delete(Database);
        await Workers.Refresh(Ct);
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.TargetGone);
    }

    [Fact]
    public async Task A_target_that_is_only_no_longer_offered_keeps_its_grants()
    {
        AddBilling();
        var request = await AskAndApprove("3d");
        await Workers.Refresh(Ct);
        var looks = Directory.Calls[nameof(IDirectory.Holds)];

        Directory.Add(Targets.ABareTarget());
        await Workers.Refresh(Ct);
        await Work();
        Directory.Calls[nameof(IDirectory.Holds)].ShouldBeGreaterThan(looks);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
    }

    [Fact]
    public async Task Another_realm_is_told_once_gives_and_ends_nothing_and_all_goes_on_when_the_known_one_is_back()
    {
        await Workers.Refresh(Ct);
        var first = await AskAndApprove("30m");
        var second = await Ask();
        var good = Workers.Catalog.Current;

        Directory.RealmId = "realm-2";
        Directory.Delete(Database);
        await Vote(second, Bob);
        for (var i = 0; i < 3; i++)
        {
            (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(Doubt.OtherRealm));
            DirectoryIsAway();
            (await Workers.Refresh(Ct)).ShouldBe(new CatalogRefresh.Kept(Doubt.Away));
            DirectoryIsBack();
            await Pass(Hours(1));
        }

        Workers.Catalog.Current.ShouldBeSameAs(good);
        RealmRows.ShouldBe(1);
        Directory.ChangesSent.ShouldBe(1);
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ending>();
        await StateOf<RequestState.Pending>(second);
        (await Load(second)).HeldUpBy.ShouldBe(Doubt.OtherRealm);

        Directory.RealmId = "realm-1";
        Offer();
        (await Workers.Refresh(Ct)).ShouldBeOfType<CatalogRefresh.Read>();
        await Pass(Minutes(6));
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ended>();
        await StateOf<RequestState.Approved>(second);
        (await GrantOf(second)).ShouldBeOfType<GrantState.Active>();

        Directory.RealmId = "realm-3";
        await Workers.Refresh(Ct);
        await Work();
        RealmRows.ShouldBe(2);
    }

    private int RealmRows => AuditLines.Count(line => line.StartsWith("Keycloak answers for another realm", StringComparison.Ordinal));

    private void AddBilling()
    {
        Directory.Add(Targets.ABareTarget((Attributes.Requestable, "true"), (Attributes.ApproverGroup, SecretGroup)) with { Id = billing, Name = "/access/billing" });
        Directory.Add(new GroupRef(new GroupId("g-secret"), SecretGroup), Carol);
    }
}

public sealed class SqliteCatalogTests() : CatalogTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlCatalogTests() : CatalogTests(DatabaseKind.PostgreSql);
