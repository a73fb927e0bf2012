namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>What Slack is answered.</summary>
internal sealed record SlackAck(Acknowledged How, IResult Answer);

internal enum Acknowledged
{
    /// <summary>It is stored.</summary>
    Taken,

    /// <summary>A form: stored, or sent back with what is wrong at its fields.</summary>
    Checked,

    /// <summary>Answered from memory: a search, a question whether we are there.</summary>
    Replied,

    /// <summary>Nothing needs to be done.</summary>
    Ignored,

    /// <summary>It is not Slack's, or not in order.</summary>
    Refused,

    /// <summary>Ours to blame: it could not be stored, and Slack is told so.</summary>
    NotTaken,

    /// <summary>No answer was written: the caller has gone, or something threw.</summary>
    Failed,
}
