using System.Net;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Conformance;

/// <param name="asks">Fills and sends the request form, as every journey does.</param>
internal sealed class TeamsSide(TeamsTenant tenant, Func<TeamsPerson, string, Task> asks, CancellationToken ct) : ISide
{
    public Task Asks(string who, string target) => asks(tenant.Person(who), target);

    public Task<Copy> Sees(string who, string title, string after = "") => Find(who, m => IsAfter(m, after) && m.Summary.StartsWith(title, StringComparison.Ordinal));

    public Task<Copy> Becomes(string who, Copy copy, string title) => Find(who, m => m.Id == copy.Id && m.Summary.StartsWith(title, StringComparison.Ordinal));

    public Task<Copy> Loses(string who, Copy copy, string button) => Find(who, m => m.Id == copy.Id && m.Buttons.All(one => one.Text != button));

    public Task<Copy> Gains(string who, Copy copy, string button) => Find(who, m => m.Id == copy.Id && m.Buttons.Any(one => one.Text == button));

    public async Task Presses(string who, Copy copy, string button)
    {
        var answer = await tenant.Person(who).Clicks((TeamsMessage)copy.Seen, button, ct);
        (answer.Status, answer.InnerStatus).ShouldBe((HttpStatusCode.OK, 200), answer.Body);
    }

    public async Task Fills(string who, Copy copy, string button, string submit, string field, string? text)
    {
        var person = tenant.Person(who);
        var seen = (TeamsMessage)copy.Seen;
        var opened = await person.Send(person.Click(seen, button), ct);
        var form = seen with { Card = opened.Card ?? throw new InvalidOperationException(opened.Body) };
        var sent = await person.Clicks(form, submit, ct, text is null ? [] : [(field, text)]);
        sent.Status.ShouldBe(HttpStatusCode.OK, sent.Body);
    }

    public async Task Types(string who, string words) => (await tenant.Person(who).Types(words, ct)).Status.ShouldBe(HttpStatusCode.OK);

    public string Mark(string who) => tenant.Person(who).Messages is [.., var last] ? last.Id : "";

    /// <summary>Without forms and one's own page, for which Slack has other places.</summary>
    public IReadOnlyList<string> Titles(string who, string after) =>
        [.. tenant.Person(who).Messages.Where(m => IsAfter(m, after) && m.Summary is not ("Request access" or "My access")).Select(m => m.Summary)];

    private async Task<Copy> Find(string who, Func<TeamsMessage, bool> fits)
    {
        var found = await tenant.Person(who).Sees(fits, ct);
        return new Copy(found.Summary, [.. found.Buttons.Select(button => button.Text)], found.Id, found);
    }

    private static bool IsAfter(TeamsMessage message, string id) => string.CompareOrdinal(message.Id, id) > 0;
}
