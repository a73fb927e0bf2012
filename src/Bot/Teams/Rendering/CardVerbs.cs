namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>What cards ask for besides what their buttons are called by.</summary>
internal static class CardVerbs
{
    /// <summary>The card as it is now.</summary>
    public const string Refresh = "refresh";

    /// <summary>The form that was filled.</summary>
    public const string Send = "send";

    /// <summary>The form drawn for what was picked in it.</summary>
    public const string Pick = "pick";

    /// <summary>The dataset of the field in which a target is searched for.</summary>
    public const string Targets = "targets";
}
