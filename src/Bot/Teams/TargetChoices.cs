using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Teams;

/// <summary>What can be asked for, for the field in which it is searched.</summary>
internal static class TargetChoices
{
    /// <summary>Some, without a search; and what is picked, so that it keeps its title.</summary>
    /// <param name="picked">Null, or anything that came back.</param>
    public static IReadOnlyList<FormOption> Of(Catalog catalog, string? picked)
    {
        var some = catalog.Search("", TeamsLimits.ChoicesInCard).Select(RequestForm.Option).ToList();
        return TargetId.TryParse(picked, out var target) && catalog.Find(target) is { } entry && some.TrueForAll(option => option.Value != picked) ? [RequestForm.Option(entry), .. some] : some;
    }

    public static IReadOnlyList<FormOption> Search(Catalog catalog, string text) => [.. catalog.Search(text, TeamsLimits.Suggestions).Select(RequestForm.Option)];
}
