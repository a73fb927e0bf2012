using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>The contract realm on one server, shared by the scripts; made when the first one asks.</summary>
public abstract class ContractRealmFixture(RealmKind kind) : IAsyncDisposable
{
    private TestRealm? realm;
    private ContractRun? run;

    /// <summary>Calls that the sandbox realm does not speak.</summary>
    public IReadOnlyList<string> Unknown => [.. realm?.Sandbox?.UnknownCalls.Select(c => c.ToString()) ?? []];

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        run?.Dispose();
        if (realm is not null)
            await realm.DisposeAsync();
    }

    internal async Task<ContractRun> Run(CancellationToken ct)
    {
        realm ??= await TestRealm.CreateAsync(kind, ContractRealm.Json, ct);
        return run ??= await ContractRun.On(realm, ct);
    }

    internal async Task Compare(string call, IReadOnlyList<string> answered, CancellationToken ct)
    {
        if (Recording.IsWanted && kind == RealmKind.Keycloak)
        {
            await Recording.Write(call, answered, ct);
            return;
        }

        var recorded = await Recording.Read(call, ct);
        recorded.Count.ShouldBe(answered.Count, "the script has changed: record it anew");
        var differences = recorded.Zip(answered).Where(p => p.First != p.Second).Select(p => $"\nexpected {p.First}\nanswered {p.Second}").ToList();
        differences.Count.ShouldBe(0, $"{differences.Count} of {answered.Count} answers differ:{string.Concat(differences.Take(12))}");
    }
}

public sealed class SandboxContractRealm() : ContractRealmFixture(RealmKind.Sandbox);

public sealed class RealContractRealm() : ContractRealmFixture(RealmKind.Keycloak);
