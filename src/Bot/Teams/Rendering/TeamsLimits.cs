namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>What Teams accepts at most.</summary>
internal static class TeamsLimits
{
    // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages: 28 KB for a message, the card with all around it
    public const int MessageBytes = 28 * 1024;

    /// <summary>Of a card alone: room is kept for what goes around it.</summary>
    public const int CardBytes = 26 * 1024;

    // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#user-ids-in-refresh
    public const int RefreshedPeople = 60;

    // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format: six actions are shown; fewer where the host's configuration is the usual one
    public const int ActionsInRow = 4;

    // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search: 15 are shown
    public const int Suggestions = 15;

    /// <summary>So few are a list to choose from, with nothing to search; a choice of taste.</summary>
    public const int ChoicesAtAGlance = 15;

    /// <summary>Choices that are in the card itself, for clients that do not ask for more; a choice of taste.</summary>
    public const int ChoicesInCard = 50;
}
