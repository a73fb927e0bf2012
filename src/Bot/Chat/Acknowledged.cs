namespace ChatGovernance.Bot.Chat;

/// <summary>How a delivery was answered, for metrics.</summary>
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

    /// <summary>It is not the platform's, or not in order.</summary>
    Refused,

    /// <summary>Ours to blame: it could not be stored, and the platform is told so.</summary>
    NotTaken,

    /// <summary>No answer was written: the caller has gone, or something threw.</summary>
    Failed,
}
