using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Chat;

internal static class FormSubjects
{
    /// <summary>Opening a form waits for nothing else that the person did.</summary>
    /// <param name="form">What tells it from others: what asked for it, or its id.</param>
    public static Subject Of(string form) => new($"form:{form}");
}
