using System.Diagnostics.CodeAnalysis;

namespace ChatGovernance.Core.People;

/// <summary>Who does something. Whose account it is, and what that person may do, is read afresh whenever it counts.</summary>
public abstract record Actor
{
    private const string CallerPrefix = "person:";

    private protected Actor()
    {
    }

    /// <summary>An account in chat.</summary>
    public sealed record InChat(ChatAccount Account) : Actor;

    /// <summary>Somebody, or a service, who showed a token that the directory gave them.</summary>
    public sealed record Caller(PersonId Person) : Actor;

    /// <summary>Null: it did not come from chat, so there is nobody to answer there.</summary>
    public ChatAccount? From => this is InChat { Account: var account } ? account : null;

    /// <summary>The account's own form, or <c>person:ID</c>; the form it is stored in.</summary>
    public sealed override string ToString() => this switch
    {
        InChat chat => chat.Account.ToString(),
        Caller caller => CallerPrefix + caller.Person,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Actor? actor)
    {
        actor = ChatAccount.TryParse(text, out var account) ? new InChat(account)
            : text is not null && text.StartsWith(CallerPrefix, StringComparison.Ordinal) && text.Length > CallerPrefix.Length ? new Caller(new PersonId(text[CallerPrefix.Length..]))
            : null;
        return actor is not null;
    }

    public static implicit operator Actor(ChatAccount account) => FromChatAccount(account);

    public static Actor FromChatAccount(ChatAccount account) => new InChat(account);
}
