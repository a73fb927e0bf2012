namespace ChatGovernance.TestSupport.Teams;

/// <summary>What goes wrong with a call, instead of its answer.</summary>
/// <param name="Status">Null: no answer comes, the connection is cut.</param>
/// <param name="Done">What was asked for is done all the same.</param>
public sealed record ConnectorFault(int? Status, string? Code = null, int? RetryAfter = null, bool Done = false);

/// <summary>A call that the connector got.</summary>
public sealed record ConnectorCall(string Method, string Path, string? Token, int Status);
