namespace ChatGovernance.Sandbox.Demo;

/// <summary>The demonstration did not show what it had to.</summary>
internal sealed class DemoException(string message) : Exception(message);
