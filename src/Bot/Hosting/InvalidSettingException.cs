namespace ChatGovernance.Bot;

/// <summary>A setting is missing or malformed; the message names it, in one line.</summary>
internal sealed class InvalidSettingException(string message) : Exception(message);
