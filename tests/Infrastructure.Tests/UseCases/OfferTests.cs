using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Somebody was not let in to a client, and is offered what would let them in. The target <c>/access/database</c> brings the role <c>reader</c>.</summary>
public abstract class OfferTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private readonly Dictionary<string, DateTimeOffset> seen = [];
    private DateTimeOffset since = Now - Days(1);
    private int last;

    [Fact]
    public async Task Whoever_was_denied_is_offered_what_lets_them_in_asks_and_gets_it()
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        await Follow();

        var offer = Chat.To(AccountOf(Alice)).ShouldHaveSingleItem();
        offer.Message.Title.ShouldBe("Shop did not let you in");
        var button = offer.Message.Actions.ShouldHaveSingleItem();
        button.Label.ShouldBe($"Request {DatabaseName}");
        AuditLines.ShouldContain(line => line.Contains("Not let in to shop: Alice Archer was offered what they can ask for"));

        await Press(button);
        Chat.Forms.Values.ShouldHaveSingleItem().Parts.OfType<FormPart.Search>().Single().Picked!.Value.ShouldBe(Database.ToString());

        var request = await Ask();
        Offered(Alice).Message.Facts.ShouldHaveSingleItem().Value.ShouldBe(new FactValue.Words("asked for, and not decided yet"));
        Offered(Alice).Message.Actions.ShouldBeEmpty();

        await Vote(request, Bob);
        await Work();
        Offered(Alice).Message.Title.ShouldBe("You have what Shop asks for");
    }

    [Fact]
    public async Task An_offer_is_made_once_a_day_for_each_client_and_each_person_whatever_is_read_again()
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        Deny(Alice, Roles("reader"));
        Deny(Bob, Roles("reader"));
        Deny(Alice, Roles("reader"), client: "desk");
        await Follow();
        since = Now - Days(1);
        seen.Clear();
        await Follow();
        await Pass(Hours(23));
        Deny(Alice, Roles("reader"));
        await Follow();

        Chat.To(AccountOf(Alice)).Count.ShouldBe(2);
        Chat.To(AccountOf(Bob)).Count.ShouldBe(1);

        await Pass(Hours(1));
        Deny(Alice, Roles("reader"));
        await Follow();
        Chat.To(AccountOf(Alice)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_suffices_alone_is_offered_the_least_first_and_a_role_by_the_group_that_brings_it()
    {
        var (large, role) = (new TargetId(TargetKind.Group, "g-large"), new TargetId(TargetKind.ClientRole, "r-clerk"));
        Add(Database, DatabaseName, "reader");
        Add(large, "/access/all", "reader", "writer", "shop/clerk");
        Add(role, "shop/clerk", "shop/clerk");
        Deny(Alice, new LoginNeed(["reader", "shop/clerk"], ["/access"]));
        await Follow();

        Offered(Alice).Message.Actions.Select(action => action.Label).ShouldBe([$"Request {DatabaseName}", "Request shop/clerk", "Request /access/all"]);
    }

    [Fact]
    public async Task What_is_needed_together_is_asked_for_in_one_form_and_becomes_a_request_for_each()
    {
        var second = new TargetId(TargetKind.RealmRole, "r-writer");
        Add(Database, DatabaseName, "reader");
        Add(second, "writer", "writer");
        Deny(Alice, Roles("reader"), Roles("writer"));
        await Follow();

        var button = Offered(Alice).Message.Actions.ShouldHaveSingleItem();
        button.Label.ShouldBe("Request all 2");
        await Press(button);
        var form = Chat.Forms.Values.ShouldHaveSingleItem();
        var offered = form.Purpose.ShouldBeOfType<FormPurpose.Offered>();
        offered.Targets.ShouldBe([Database, second]);

        await Press(new Command.SubmitOffered(AccountOf(Alice), form.Id, offered.Offer, offered.Way, Filled()));
        await Work();
        (await RequestsOf(Alice)).Select(request => request.Target).ShouldBe([Database, second], ignoreOrder: true);

        foreach (var request in await RequestsOf(Alice))
        {
            Offered(Alice).Message.Title.ShouldBe("Shop did not let you in");
            await Vote(request.Id, Bob);
            await Work();
        }

        Offered(Alice).Message.Title.ShouldBe("You have what Shop asks for");
    }

    [Fact]
    public async Task What_was_offered_to_one_is_asked_for_by_another_for_themselves_alone()
    {
        Add(Database, DatabaseName, "reader");
        Deny(Alice, Roles("reader"));
        await Follow();
        var offer = ((ChatIntent.AskOffered)Offered(Alice).Message.Actions.Single().Intent).Offer;

        await Press(new Command.SubmitOffered(AccountOf(Mallory), new FormId(KnownIds.Number(9)), offer, 0, Filled()));
        await Work();

        (await RequestsOf(Alice)).ShouldBeEmpty();
        (await RequestsOf(Mallory)).Select(request => request.Beneficiary).ShouldBe([Mallory]);
    }

    [Theory]
    [InlineData(true, "What it asks for at login has to be mended first. Tell a Keycloak administrator.")]
    [InlineData(false, "It asks for the role nobody-offers or the group /nowhere, and nothing that you can ask for here brings that. Ask a Keycloak administrator for it.")]
    public async Task Where_nothing_can_be_asked_for_it_says_whom_to_ask(bool broken, string line)
    {
        Deny(Alice, broken ? [] : [new LoginNeed(["nobody-offers"], ["/nowhere"])]);
        await Follow();

        Offered(Alice).Message.Lines.ShouldBe([line]);
        Offered(Alice).Message.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_person_may_not_have_is_not_offered()
    {
        Directory.Add(OwnerGroup, Bob);
        Offer(("eligible-group", OwnerGroup.Path));
        OfferRole("reader", Database, ("eligible-group", OwnerGroup.Path));
        Deny(Alice, Roles("reader"));
        Deny(Bob, Roles("reader"));
        await Follow();

        Offered(Alice).Message.Actions.ShouldBeEmpty();
        Offered(Bob).Message.Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_holds_it_by_now_is_offered_nothing()
    {
        OfferRole("reader", Database);
        Directory.GiveOutside(Alice, Database);
        Deny(Alice, Roles("reader"));
        await Follow();

        Chat.To(AccountOf(Alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_read_is_tried_again_and_offered_then()
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        foreach (var call in new[] { nameof(IDirectory.ReadDeniedLoginsSince), nameof(IDirectory.ReadPerson), nameof(IDirectory.ReadTarget), nameof(IDirectory.Holds) })
        {
            Directory.Doubts = name => name == call ? Doubt.Away : null;
            await Pass(Minutes(20));
            await Follow();
            Chat.To(AccountOf(Alice)).ShouldBeEmpty(call);
        }

        Directory.Doubts = _ => null;
        await Follow();
        Chat.To(AccountOf(Alice)).Count.ShouldBe(1);
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task An_offer_is_made_once_through_a_crash_at_every_commit(CrashAt at)
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        Commits.At = at;
        for (var start = 0; start < 3; start++)
        {
            try
            {
                seen.Clear();
                await Follow();
            }
            catch (CrashException)
            {
                since = Now - Days(1);
            }

            await Pass(Minutes(2));
        }

        Chat.To(AccountOf(Alice)).Count.ShouldBe(1);
        AuditLines.Count(line => line.Contains("Not let in to shop")).ShouldBe(1);
    }

    [Fact]
    public async Task Pressing_for_access_again_later_points_to_the_offer_once_for_each_press()
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        await Follow();
        Deny(Alice, Roles("reader"), wanted: true);
        await Follow();
        Chat.To(AccountOf(Alice)).Count.ShouldBe(1); // it was made a moment ago

        await Pass(Hours(2));
        seen.Clear();
        since = Now - Days(1);
        await Follow();
        Chat.To(AccountOf(Alice)).Count.ShouldBe(1); // read again, as after a start: it still was a moment after
        Deny(Alice, Roles("reader"), wanted: true);
        await Follow();
        seen.Clear();
        since = Now - Days(1);
        await Follow();
        Chat.To(AccountOf(Alice)).Select(said => said.Message.Title).ShouldBe(["Shop did not let you in", "What lets you in to Shop is further up here"]);
    }

    [Fact]
    public async Task A_denial_of_the_day_before_yesterday_is_past()
    {
        OfferRole("reader", Database);
        Deny(Alice, Roles("reader"));
        await Pass(Hours(24));
        await Follow();

        Chat.To(AccountOf(Alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_client_policy_asks_for_now_is_on_the_same_offer()
    {
        var second = new TargetId(TargetKind.RealmRole, "r-writer");
        Add(Database, DatabaseName, "reader");
        Add(second, "writer", "writer");
        Deny(Alice, Roles("reader"));
        await Follow();
        await Pass(Hours(1));
        Deny(Alice, Roles("writer"));
        await Follow();

        Chat.To(AccountOf(Alice)).ShouldHaveSingleItem().Message.Actions.ShouldHaveSingleItem().Label.ShouldBe("Request writer");
    }

    [Fact]
    public async Task Many_denials_are_read_piece_by_piece()
    {
        OfferRole("reader", Database);
        Directory.EventsAtOnce = 2;
        foreach (var person in new[] { Alice, Alice, Bob, Carol, Mallory })
        {
            Deny(person, Roles("reader"));
            await Pass(Seconds(1));
        }

        for (var readings = 0; readings < 5; readings++)
            await Follow();

        foreach (var person in new[] { Alice, Bob, Carol, Mallory })
            Chat.To(AccountOf(person)).Count.ShouldBe(1);
    }

    private static LoginNeed Roles(params IReadOnlyList<string> anyOf) => new(anyOf, []);

    private static FormInput Filled() => new(new Dictionary<string, string> { [Fields.Duration] = "8h", [Fields.Justification] = "To repair the nightly import." });

    private FakeChat.Said Offered(PersonRef person) => Chat.To(AccountOf(person)).First(said => said.Message.Title.Contains("Shop"));

    private void OfferRole(string role, TargetId target, params IReadOnlyList<(string Name, string Value)> attributes)
    {
        Workers.Catalog.Current = Catalog.Empty;
        Add(target, DatabaseName, attributes, role);
    }

    private void Add(TargetId target, string name, params IReadOnlyList<string> roles) => Add(target, name, [], [.. roles]);

    private void Add(TargetId target, string name, IReadOnlyList<(string Name, string Value)> attributes, params IReadOnlyList<string> roles)
    {
        var facts = Targets.ATarget(attributes) with { Id = target, Name = name, Privileges = new Privileges(roles, Administrative: false) };
        Directory.Add(facts);
        Workers.Catalog.Current = Targets.ACatalog([.. Workers.Catalog.Current.Entries.Where(entry => entry.Target != target), new CatalogEntry(target, name, Rule(), roles)]);
    }

    private void Deny(PersonRef person, params IReadOnlyList<LoginNeed> needs) => Deny(person, needs, "shop", wanted: false);

    private void Deny(PersonRef person, LoginNeed need, string client = "shop", bool wanted = false) => Deny(person, [need], client, wanted);

    private void Deny(PersonRef person, IReadOnlyList<LoginNeed> needs, string client, bool wanted) =>
        Directory.Denials.Add(new DeniedLogin($"e{++last}", person.Id, client, client == "shop" ? "Shop" : client, needs, wanted, Clock.GetUtcNow()));

    private async Task Press(ChatAction button)
    {
        var offered = (ChatIntent.AskOffered)button.Intent;
        await Press(new Command.OpenOfferForm(AccountOf(Alice), $"t{++last}", offered.Offer, offered.Way));
        await Work();
    }

    private async Task Follow()
    {
        since = (await Workers.Follow(since, seen, Ct)).Next;
        await Work();
    }
}

public sealed class SqliteOfferTests() : OfferTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlOfferTests() : OfferTests(DatabaseKind.PostgreSql);
