using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

/// <summary>Audit rows about links. Field names are part of the format.</summary>
internal static class LinkAudit
{
    public static AuditEntry Begun(ChatAccount account, DateTimeOffset now) => Row(AuditKind.LinkBegun, account, now);

    public static AuditEntry LoggedIn(ChatAccount account, PersonRef person, DateTimeOffset now) => Row(AuditKind.LinkLoggedIn, account, now, person);

    public static AuditEntry Made(Link link, DateTimeOffset now) => Row(AuditKind.LinkMade, link.Account, now, link.Person, ("link", link.Id.ToString()));

    public static AuditEntry Refused(ChatAccount account, LoginTrouble why, DateTimeOffset now, PersonRef? person = null) =>
        Row(AuditKind.LinkRefused, account, now, person, ("why", why.ToString())) with { Personal = Names(person, null, LoginSentences.For(why)) };

    public static AuditEntry Ended(Link link, PersonRef by, ChatAccount from, DateTimeOffset now) =>
        Row(AuditKind.LinkEnded, link.Account, now, link.Person, ("link", link.Id.ToString()), ("by", by.Id.Value), ("from", from.ToString())) with { Personal = Names(link.Person, by, null) };

    private static AuditEntry Row(string kind, ChatAccount account, DateTimeOffset now, PersonRef? person = null, params (string Field, string Text)[] more)
    {
        var facts = new Dictionary<string, string> { ["account"] = account.ToString() };
        if (person is not null)
            facts["person"] = person.Id.Value;
        foreach (var (field, text) in more)
            facts[field] = text;
        return new AuditEntry { Kind = kind, Subject = Subject.Of(account), At = now, Facts = facts, Personal = Names(person, null, null) };
    }

    private static Dictionary<string, string> Names(PersonRef? person, PersonRef? by, string? sentence)
    {
        var names = new Dictionary<string, string>();
        if (person is not null)
            names["person"] = person.Name;
        if (by is not null)
            names["by"] = by.Name;
        if (sentence is not null)
            names["sentence"] = sentence;
        return names;
    }
}
