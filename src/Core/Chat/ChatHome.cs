namespace ChatGovernance.Core.Chat;

/// <summary>A person's own page: what they hold, what they asked for, what waits for them.</summary>
public sealed record ChatHome(IReadOnlyList<HomeSection> Sections, IReadOnlyList<ChatAction> Actions);

/// <param name="IfEmpty">Said when there are no items.</param>
/// <param name="More">How many items are not shown.</param>
public sealed record HomeSection(string Title, IReadOnlyList<HomeItem> Items, string IfEmpty, int More = 0);

public sealed record HomeItem(string Title, IReadOnlyList<Fact> Facts, IReadOnlyList<ChatAction> Actions);
