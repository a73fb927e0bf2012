using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Chat;

/// <summary>What somebody meant by what they typed, pressed or sent; the same on every platform.</summary>
internal abstract record Meaning
{
    private protected Meaning()
    {
    }

    /// <summary>Answered at once, with these words for who typed it; nothing else.</summary>
    public sealed record Told(string Text) : Meaning;

    /// <summary>Stored, then done.</summary>
    public sealed record Does(Subject Subject, Command Command) : Meaning;

    /// <summary>A form that is not consumed: it may be corrected and sent again.</summary>
    public sealed record Wrong(FieldError Error) : Meaning;

    /// <summary>A request form: checked, then done, or given back with errors at its fields.</summary>
    /// <param name="Inputs">What is checked, once for each target.</param>
    /// <param name="Impossible">What is stored instead when a value could not have come from the form.</param>
    /// <param name="SpeaksOfTarget">The field at which it is said what is wrong with a target: not every form has one for it.</param>
    public sealed record Checked(Does Submission, IReadOnlyList<FormInput> Inputs, Does Impossible, string SpeaksOfTarget = Fields.Target) : Meaning;
}
