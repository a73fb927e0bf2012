using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.EndToEnd.Tests.Conformance;

/// <param name="person">By name.</param>
/// <param name="asks">Fills and sends the request form, as every journey does.</param>
/// <param name="opens">Does what opens a form, until it is open.</param>
internal sealed class SlackSide(Func<string, SlackPerson> person, Func<SlackPerson, string, Task> asks, Func<SlackPerson, Func<Task>, Task<OpenModal>> opens, CancellationToken ct) : ISide
{
    public Task Asks(string who, string target) => asks(person(who), target);

    public Task<Copy> Sees(string who, string title, string after = "") => Find(who, m => IsAfter(m, after) && Title(m).StartsWith(title, StringComparison.Ordinal));

    public Task<Copy> Becomes(string who, Copy copy, string title) => Find(who, m => m.Ts == copy.Id && Title(m).StartsWith(title, StringComparison.Ordinal));

    public Task<Copy> Loses(string who, Copy copy, string button) => Find(who, m => m.Ts == copy.Id && m.Buttons.All(one => one.Text != button));

    public Task<Copy> Gains(string who, Copy copy, string button) => Find(who, m => m.Ts == copy.Id && m.Buttons.Any(one => one.Text == button));

    public async Task Presses(string who, Copy copy, string button) => (await person(who).Clicks((SlackMessage)copy.Seen, button, ct)).Worked.ShouldBeTrue();

    public async Task Fills(string who, Copy copy, string button, string submit, string field, string? text)
    {
        var modal = await opens(person(who), async () => (await person(who).Clicks((SlackMessage)copy.Seen, button, ct)).Worked.ShouldBeTrue());
        if (text is not null)
            modal.Writes(field, text);
        (await modal.Submits(ct)).Errors.ShouldBeEmpty();
    }

    public async Task Types(string who, string words) => (await person(who).Types($"/request-access {words}", ct)).Error.ShouldBeNull();

    public string Mark(string who) => Direct(who) is [.., var last] ? last.Ts : "";

    public IReadOnlyList<string> Titles(string who, string after) => [.. Direct(who).Where(m => IsAfter(m, after)).Select(Title)];

    private async Task<Copy> Find(string who, Func<SlackMessage, bool> fits)
    {
        var direct = person(who).Direct.Id;
        var found = await person(who).SeesMessage(m => m.ChannelId == direct && fits(m), TimeSpan.FromSeconds(120), ct);
        return new Copy(Title(found), [.. found.Buttons.Select(button => button.Text)], found.Ts, found);
    }

    private IReadOnlyList<SlackMessage> Direct(string who) => [.. person(who).Messages.Where(m => m.ChannelId == person(who).Direct.Id && m.OnlyFor is null)];

    private static string Title(SlackMessage message) => message.Text.Split('\n')[0];

    private static bool IsAfter(SlackMessage message, string ts) => string.CompareOrdinal(message.Ts, ts) > 0;
}
