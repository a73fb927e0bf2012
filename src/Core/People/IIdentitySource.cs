namespace ChatGovernance.Core.People;

/// <summary>One way of proving that a chat account is a person's. Sources are asked, never believed alone: see <see cref="Identities"/>.</summary>
public interface IIdentitySource
{
    /// <summary>How the proof is called: one of <see cref="IdentitySource"/>.</summary>
    string Name { get; }

    /// <summary>Everybody whom this source connects with the account; one is a proof, several are none.</summary>
    Task<Reading<IReadOnlyList<Person>>> FindPeople(ChatMember member, CancellationToken ct);

    /// <summary>Accounts that this source would connect with the person; each still has to be proved the other way.</summary>
    Task<Reading<IReadOnlyList<ChatAccount>>> FindAccounts(Person person, IChatPlatform chat, CancellationToken ct);
}

/// <summary>What identity sources need of a chat platform.</summary>
public interface IChatPlatform
{
    ChatPlatform Platform { get; }

    /// <summary>Whether the audit is mirrored there.</summary>
    bool HasAuditChannel { get; }

    /// <summary><c>Absent</c>: the platform knows no such account.</summary>
    Task<Reading<ChatMember>> ReadMember(ChatAccount account, CancellationToken ct);

    /// <summary>The member whose confirmed address this is. <c>Absent</c>: nobody's.</summary>
    Task<Reading<ChatMember>> FindMember(string email, CancellationToken ct);

    /// <summary>Whether the bot could say something there: it is in the channel, or could enter by itself. <c>Absent</c>: it sees no such channel.</summary>
    Task<Reading<bool>> CanSpeakIn(ChatChannel channel, CancellationToken ct);
}
