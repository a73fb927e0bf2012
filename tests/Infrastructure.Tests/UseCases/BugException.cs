namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What nobody expects and nobody handles.</summary>
internal sealed class BugException(string what) : Exception(what);
