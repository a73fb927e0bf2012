namespace ChatGovernance.TestSupport.Databases;

internal interface ITemplate
{
    Task<ITestDatabase> CopyAsync(CancellationToken ct);
}
