namespace ChatGovernance.Bot.Hosting;

/// <summary>Why a delivery was not taken, whoever delivered it.</summary>
internal enum RefusedFor
{
    /// <summary>No signature or no timestamp that could be one.</summary>
    Unsigned,

    Forged,

    OutsideWindow,

    /// <summary>Nobody can tell whose it is: the keys that it would be proved with cannot be read.</summary>
    KeysAway,

    Oversized,

    Malformed,

    /// <summary>Ours to blame: the database did not take it.</summary>
    NotStored,
}

internal static class RefusedForWords
{
    /// <summary>As metrics have it.</summary>
    public static string Word(this RefusedFor reason) => reason switch
    {
        RefusedFor.Unsigned => "unsigned",
        RefusedFor.Forged => "forged",
        RefusedFor.OutsideWindow => "outside-window",
        RefusedFor.KeysAway => "keys-away",
        RefusedFor.Oversized => "oversized",
        RefusedFor.Malformed => "malformed",
        RefusedFor.NotStored => "not-stored",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
