namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class DeploymentRow
{
    public required string Key { get; set; }

    public required string Value { get; set; }
}
