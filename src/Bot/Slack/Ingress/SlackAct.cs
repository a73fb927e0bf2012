using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>What a verified delivery turns out to be.</summary>
internal abstract record SlackAct
{
    private protected SlackAct()
    {
    }

    /// <summary>Stored under its key, then answered.</summary>
    public sealed record Take(string Key, Subject Subject, Command Command, byte[] Answer) : SlackAct;

    /// <summary>A request form that was sent: checked, then taken, or given back with errors at its fields.</summary>
    /// <param name="Inputs">What is checked, once for each target.</param>
    /// <param name="Impossible">What is stored instead when a value could not have come from the form.</param>
    /// <param name="SpeaksOfTarget">The field at which it is said what is wrong with a target: not every form has one for it.</param>
    public sealed record Check(Take Submission, IReadOnlyList<FormInput> Inputs, Take Impossible, string SpeaksOfTarget = Fields.Target) : SlackAct;

    /// <summary>Answered, nothing else.</summary>
    public sealed record Reply(byte[] Answer) : SlackAct;

    /// <summary>A search for something to ask for.</summary>
    public sealed record Suggest(string Text) : SlackAct;

    /// <summary>Well-formed, and nothing that we do something about.</summary>
    public sealed record Ignore : SlackAct;

    public sealed record Malformed : SlackAct;
}

/// <summary>The routes below <c>/slack/</c>, and with it which parser a stored payload needs.</summary>
internal static class DeliveryKind
{
    public const string Commands = "slack/commands";
    public const string Interactions = "slack/interactions";
    public const string Options = "slack/options";
    public const string Events = "slack/events";

    /// <summary>A request form with a value that the form could not have sent; the payload is that of <see cref="Interactions"/>.</summary>
    public const string ImpossibleForm = "slack/impossible-form";
}
