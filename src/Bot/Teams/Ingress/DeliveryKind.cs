namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>How a stored activity is read.</summary>
internal static class DeliveryKind
{
    public const string Activity = "teams/activity";

    /// <summary>A request form with a value that the form could not have sent.</summary>
    public const string ImpossibleForm = "teams/impossible-form";

    /// <summary>A press in a message in which the bot shows nothing of the kind to who pressed.</summary>
    public const string Misplaced = "teams/misplaced";

    /// <summary>Somebody did something where nothing could be said to them any more; whatever else it was.</summary>
    public const string Returned = "teams/returned";
}
