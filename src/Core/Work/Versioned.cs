namespace ChatGovernance.Core.Work;

/// <summary>Something loaded, with the version that a save must still find.</summary>
/// <param name="Version">0: not stored yet.</param>
public sealed record Versioned<T>(T Value, long Version);
