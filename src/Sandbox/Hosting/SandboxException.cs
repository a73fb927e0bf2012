namespace ChatGovernance.Sandbox.Hosting;

/// <summary>The sandbox cannot run; the message says why to the person who started it.</summary>
internal sealed class SandboxException(string message, Exception? inner = null) : Exception(message, inner);
