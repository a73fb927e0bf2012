namespace ChatGovernance.EndToEnd.Tests.Conformance;

/// <summary>What people do and see on one platform, in words that every platform has.</summary>
public interface ISide
{
    /// <summary>Opens the form for a target, gives a reason and sends it.</summary>
    Task Asks(string who, string target);

    /// <summary>A direct message whose title begins so, posted after a mark.</summary>
    Task<Copy> Sees(string who, string title, string after = "");

    /// <summary>The same message once its title begins so.</summary>
    Task<Copy> Becomes(string who, Copy copy, string title);

    /// <summary>The same message once it has no button of this name.</summary>
    Task<Copy> Loses(string who, Copy copy, string button);

    /// <summary>The same message once it has such a button.</summary>
    Task<Copy> Gains(string who, Copy copy, string button);

    Task Presses(string who, Copy copy, string button);

    /// <summary>Presses a button that asks for a form, and sends that with one field filled.</summary>
    /// <param name="text">Null: as it stands.</param>
    Task Fills(string who, Copy copy, string button, string submit, string field, string? text);

    /// <summary>Says something to the bot.</summary>
    Task Types(string who, string words);

    /// <summary>Of the newest direct message.</summary>
    string Mark(string who);

    /// <summary>Titles of direct messages since a mark, in no order.</summary>
    IReadOnlyList<string> Titles(string who, string after);
}

/// <summary>A message as somebody sees it.</summary>
/// <param name="Seen">As the platform has it.</param>
public sealed record Copy(string Title, IReadOnlyList<string> Buttons, string Id, object Seen)
{
    public override string ToString() => $"{Title} [{string.Join(", ", Buttons)}]";
}
