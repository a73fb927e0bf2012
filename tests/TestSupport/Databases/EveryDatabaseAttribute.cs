using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ChatGovernance.TestSupport.Databases;

/// <summary>Runs a theory once per <see cref="DatabaseKind"/>, its only argument.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow<DatabaseKind>(kind))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
