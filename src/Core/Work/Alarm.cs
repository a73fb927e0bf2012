namespace ChatGovernance.Core.Work;

/// <summary>A trouble of the whole deployment: told once, however many replicas meet it, and once more when it is over.</summary>
public enum Alarm
{
    /// <summary>Another realm answers than the one this deployment has known.</summary>
    OtherRealm,

    /// <summary>The security team has stopped all new access.</summary>
    Frozen,

    /// <summary>Most of the people or most of the targets that grants rest on are gone.</summary>
    MuchIsGone,

    /// <summary>The policy file cannot be read; the last good one holds.</summary>
    PolicyBroken,

    /// <summary>There are login policies, and the required action that shows them to people is off.</summary>
    LoginActionOff,
}

/// <summary>Saved only where it changes something; it is a conflict where it is so already.</summary>
/// <param name="RaisedAt">Null: it is over.</param>
public sealed record AlarmChange(Alarm Alarm, DateTimeOffset? RaisedAt);
