namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>One call, with <c>{group:/a/b}</c>, <c>{user:bob}</c>, <c>{role:client/name}</c> and <c>{client:id}</c> for ids.</summary>
/// <param name="Caller">A clientId of the contract realm; <c>-</c>: without a token; <c>?</c>: with a token that nobody issued.</param>
/// <param name="Path">Percent-encoded where that is needed.</param>
internal sealed record ContractStep(string Method, string Path, string Caller = ContractStep.Bot, string? Body = null)
{
    public const string Bot = "bot";

    public override string ToString() => $"{Caller}: {Method} {Path}{(Body is null ? "" : $" {Body}")}";
}
