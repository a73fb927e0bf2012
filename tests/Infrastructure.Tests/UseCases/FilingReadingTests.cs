using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using Microsoft.Extensions.DependencyInjection;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What a filing asks the directory: each thing once in an attempt, and at once what does not depend on the rest.</summary>
public abstract class FilingReadingTests(DatabaseKind kind) : UseCaseTests(kind)
{
    /// <summary>Nothing is measured by it: a test that fails ends.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private static readonly TargetId other = new(TargetKind.RealmRole, "r-other");
    private static readonly TargetId excluded = new(TargetKind.RealmRole, "r-excluded");
    private static readonly GroupRef engineers = new(new GroupId("g-engineers"), "/engineers");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Directory.Add(engineers, Alice, Mallory);
        Directory.Add(Targets.ABareTarget() with { Id = excluded, Name = "excluded" });
        (string, string)[] attributes = [(Attributes.EligibleGroup, engineers.Path), (Attributes.Excludes, "excluded")];
        Offer(attributes);
        Directory.Add(Targets.ATarget(attributes) with { Id = other, Name = "other" });
        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(Database, DatabaseName, Rule(), []), new CatalogEntry(other, "other", Rule(), []));
    }

    [Fact]
    public async Task One_filing_asks_eight_things()
    {
        (await Readings(() => File(Alice, DatabaseName))).ShouldBe(
            [("FindGroup", 2), ("FindTarget", 1), ("HoldsInEffect", 1), ("IsMember", 1), ("ReadIdentity", 1), ("ReadPerson", 1), ("ReadTarget", 1)]);
    }

    [Fact]
    public async Task Several_targets_and_people_ask_for_each_target_and_each_person_once()
    {
        var desk = Directory.Add(new PersonRef(new PersonId("p-desk"), "Desk")) with { IsServiceAccount = true };
        var caller = new Caller(desk, "desk", MayFileForOthers: true);
        (await Readings(() => File(caller, [DatabaseName, "other"], Alice, Mallory))).ShouldBe(
            [("FindGroup", 2), ("FindTarget", 1), ("HoldsInEffect", 4), ("IsMember", 4), ("ReadIdentity", 1), ("ReadPerson", 2), ("ReadTarget", 2)]);
    }

    [Fact]
    public async Task Opening_it_reads_all_of_that_anew_with_who_decides()
    {
        await File(Alice, DatabaseName);
        var opening = await Readings(() => Workers.WorkOn(WorkKind.Request, Ct));

        opening.Where(reading => reading.Call is not "FindByAttribute" and not "OnlyAdministratorsWrite").ShouldBe(
            [("FindGroup", 2), ("FindTarget", 1), ("HoldsInEffect", 1), ("IsMember", 1), ("ReadIdentity", 1), ("ReadMembers", 1), ("ReadPerson", 1), ("ReadTarget", 1)]);
        opening.ShouldContain(("FindByAttribute", 3), "Whose the chat accounts of Alice, Bob and Carol are.");
    }

    [Fact]
    public async Task A_second_attempt_reads_everything_anew() => await Workers.Call(
        async provider =>
        {
            var file = provider.GetRequiredService<FileRequests>();
            (await file.Judge(Wants(new Caller(Person(Alice), "portal", MayFileForOthers: false), [DatabaseName]), Ct)).ShouldBeOfType<Judgement.Done>();
            Directory.Change(Alice, person => person with { Enabled = false });
            var second = await file.Judge(Wants(new Caller(Person(Alice), "portal", MayFileForOthers: false), [DatabaseName]), Ct);
            second.ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.PersonDisabled>();
            return second;
        },
        Ct);

    [Fact]
    public async Task Whether_somebody_is_eligible_and_what_they_hold_is_asked_at_the_same_time()
    {
        var (eligible, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        Directory.BeforeAnswer = async call =>
        {
            if (call == nameof(IDirectory.IsMember))
            {
                eligible.TrySetResult();
                await held.Task.WaitAsync(patience, TimeProvider.System, Ct);
            }
            else if (call == nameof(IDirectory.HoldsInEffect))
            {
                held.TrySetResult();
                await eligible.Task.WaitAsync(patience, TimeProvider.System, Ct);
            }
        };

        await File(Alice, DatabaseName);
    }

    private Task File(PersonRef by, string target) => File(new Caller(Person(by), "portal", MayFileForOthers: false), [target]);

    private async Task File(Caller by, IReadOnlyList<string> targets, params IReadOnlyList<PersonRef> beneficiaries) =>
        (await Judge(by, targets, beneficiaries)).ShouldBeOfType<Judgement.Done>().Changes.Filed.Count.ShouldBe(targets.Count * Math.Max(1, beneficiaries.Count));

    private async Task<Judgement> Judge(Caller by, IReadOnlyList<string> targets, params IReadOnlyList<PersonRef> beneficiaries) =>
        (await Workers.Call(provider => provider.GetRequiredService<FileRequests>().Judge(Wants(by, targets, beneficiaries), Ct), Ct)).ShouldNotBeNull();

    private Wanted Wants(Caller by, IReadOnlyList<string> targets, params IReadOnlyList<PersonRef> beneficiaries) => new(
        by, [.. targets.Select(name => new TargetName(null, name))], null, [.. beneficiaries.Select(person => person.Id)], null, "To repair the nightly import.", null, Emergency: false, Clock.GetUtcNow());

    private static Person Person(PersonRef person) => new() { Id = person.Id, Username = person.Id.Value, Name = person.Name, Enabled = true, IsServiceAccount = false };

    /// <summary>How often each reading is made meanwhile, by name.</summary>
    private async Task<IReadOnlyList<(string Call, int Times)>> Readings(Func<Task> act)
    {
        var before = Directory.Calls.ToDictionary();
        await act();
        return [.. Directory.Calls.Select(call => (call.Key, call.Value - before.GetValueOrDefault(call.Key))).Where(call => call.Item2 > 0).OrderBy(call => call.Key, StringComparer.Ordinal)];
    }
}

public sealed class SqliteFilingReadingTests() : FilingReadingTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlFilingReadingTests() : FilingReadingTests(DatabaseKind.PostgreSql);
