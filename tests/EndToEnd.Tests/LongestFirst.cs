using ChatGovernance.EndToEnd.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Stories that take minutes begin first, so that the run does not wait for one of them alone at its end.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] first = [nameof(FineGrainedTests), "LoginPolicySettingTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !Array.Exists(first, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
