using System.Collections.Concurrent;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// What one attempt has read: each thing is asked for once, however many people and targets are checked. It ends with the attempt; the next
/// one reads everything anew.
/// </summary>
public sealed class AccessReadings
{
    private readonly IDirectory directory;
    private readonly ConcurrentDictionary<PersonId, Task<Reading<Person>>> people = [];
    private readonly ConcurrentDictionary<TargetId, Task<Reading<TargetFacts>>> targets = [];
    private readonly ConcurrentDictionary<TargetId, Task<RuleReading>> rules = [];
    private readonly RuleBook book;
    private readonly Func<CancellationToken, Task<Reading<DirectoryIdentity>>> readRealm;
    private Task<Reading<DirectoryIdentity>>? realm;

    internal AccessReadings(IDirectory directory, RuleBook book, Func<CancellationToken, Task<Reading<DirectoryIdentity>>> readRealm) =>
        (this.directory, this.book, this.readRealm) = (directory, book, readRealm);

    public Task<Reading<Person>> Person(PersonId person, CancellationToken ct) => people.GetOrAdd(person, id => directory.ReadPerson(id, ct));

    internal Task<Reading<DirectoryIdentity>> Realm(CancellationToken ct) => realm ??= readRealm(ct);

    internal Task<Reading<TargetFacts>> Target(TargetId target, CancellationToken ct) => targets.GetOrAdd(target, id => directory.ReadTarget(id, ct));

    internal Task<RuleReading> Rule(TargetFacts target, CancellationToken ct) => rules.GetOrAdd(target.Id, _ => book.Read(target, ct));
}
