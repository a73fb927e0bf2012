using System.Globalization;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Sandbox.Demo;

/// <summary>
/// Alice asks, Bob approves, Keycloak has it, the end comes. What is believed comes from Keycloak through a client of its own,
/// from the messages that the workspace stores, and from <c>audit verify</c>.
/// </summary>
internal sealed class DemoStory(RunningSandbox sandbox, TextWriter output)
{
    private const string Group = "/databases/production";
    private const string Reason = "The nightly import of orders has failed, and I have to look at the rows.";
    private const int Tries = 3;

    /// <summary>Generous, so that a busy machine does not fail the story; on an idle one nothing takes so long.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private readonly DemoReport _report = new(output);
    private readonly SlackPerson _alice = sandbox.Workspace.Person("alice");
    private readonly SlackPerson _bob = sandbox.Workspace.Person("bob");
    private readonly SlackPerson _carol = sandbox.Workspace.Person("carol");
    private readonly List<SlackMessage> _cards = [];
    private OpenModal _form = null!;
    private TimeSpan _length;
    private string _grantedTs = "";

    /// <returns>0 when every step held, 1 when one did not.</returns>
    public async Task<int> Play(CancellationToken ct)
    {
        using var witness = new KeycloakWitness(sandbox.KeycloakUrl, sandbox.Settings);
        _report.Say($"Workspace {sandbox.Workspace.Url}, Keycloak {sandbox.KeycloakUrl} realm {sandbox.Settings.Realm}, looked at as {witness.Account}");
        bool held = await _report.Step("Alice types /request-access and gets the form", () => AliceOpensTheForm(ct))
            && await _report.Step($"She picks {Group}, a short time and says why", () => AliceSendsIt(witness, ct))
            && await _report.Step("Bob and Carol are asked, and nothing is given yet", () => ApproversAreAsked(witness, ct))
            && await _report.Step("Bob approves, and Keycloak has the membership", () => BobApproves(witness, ct))
            && await _report.Step("Alice is told, once it is so", () => AliceIsTold(ct))
            && await _report.Step("Every copy says who decided and asks for no decision any more", () => CopiesAreClosed(ct))
            && await _report.Step("Alice is reminded of the end while she has it", () => AliceIsReminded(witness, ct))
            && await _report.Step("The end comes, and the membership is gone", () => TheEndComes(witness, ct))
            && await _report.Step("The audit thread has every step", () => AuditTellsIt(ct))
            && await _report.Step("The audit chain holds", () => ChainHolds(ct));
        if (!held)
        {
            string channel = sandbox.Workspace.Channel("access-audit").Id;
            IEnumerable<string> audit = sandbox.Workspace.Messages.Where(m => m.ChannelId == channel).Select(m => $"{m.Ts} {m.AllText.ReplaceLineEndings(" | ")}");
            _report.Say($"\nThe story did not hold. #access-audit says:\n{string.Join('\n', audit)}\n\nThe bot's last lines:\n{sandbox.Bot.Output}");
        }
        return held ? 0 : 1;
    }

    private async Task<IReadOnlyList<string>> AliceOpensTheForm(CancellationToken ct)
    {
        string said = "";
        for (int typed = 1; typed <= Tries; typed++)
        {
            // A form that does not open within 3 seconds never will: people type again then, and so does she.
            CommandResult answer = await _alice.Types("/request-access", ct);
            said = answer.Error ?? "no form opened";
            if (answer.Error is null && await Opened(ct) is { } opened)
            {
                _form = await opened.Shows(v => Has(v, "target", "duration", "justification"), Soon, ct);
                return [$"modal {_form.Id} \"{_form.View.Title}\" with target, duration and justification{(typed == 1 ? "" : $", typed {typed} times")}"];
            }
        }
        throw new DemoException($"the command was typed {Tries} times: {said}");
    }

    private async Task<OpenModal?> Opened(CancellationToken ct)
    {
        try
        {
            return await _alice.SeesModal(timeout: TimeSpan.FromSeconds(6), ct: ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> AliceSendsIt(KeycloakWitness witness, CancellationToken ct)
    {
        if ((await witness.GroupsOf("alice", ct)).Contains(Group)) throw new DemoException($"alice is in {Group} before she has asked");
        SearchResult found = await _form.Searches("target", "production", ct);
        SlackOption target = found.Options.FirstOrDefault(o => o.Text.Contains("production", StringComparison.OrdinalIgnoreCase))
            ?? throw new DemoException($"a search for production finds nothing ({found.Trouble})");
        await _form.Picks("target", target, ct);
        await _form.Shows(_ => ShortLength() is not null, Soon, ct);
        SlackOption length = ShortLength()!;
        _length = Seconds(length.Value)!.Value;
        await _form.Picks("duration", length, ct);
        _form.Writes("justification", Reason);
        SubmitResult sent = await _form.Submits(ct);
        if (sent.Trouble is not null || sent.Errors.Count > 0)
            throw new DemoException($"the form was not taken: {sent.Trouble}{string.Join("; ", sent.Errors.Select(e => $"{e.Key}: {e.Value}"))}");
        return [$"\"{target.Text}\" for {length.Text}: taken"];
    }

    private async Task<IReadOnlyList<string>> ApproversAreAsked(KeycloakWitness witness, CancellationToken ct)
    {
        List<string> evidence = [];
        foreach (SlackPerson approver in (SlackPerson[])[_bob, _carol])
        {
            SlackMessage card = await approver.SeesMessage(
                m => m.ChannelId == approver.Direct.Id && Button(m, "Approve") is not null && Button(m, "Deny") is not null
                    && Says(m, "Alice Adams") && Says(m, "production") && Says(m, Reason), Soon, ct);
            _cards.Add(card);
            evidence.Add($"{approver.User.Name}: {card.ChannelId} {card.Ts} \"{FirstLine(card)}\" [{string.Join("] [", card.Buttons.Select(b => b.Text))}]");
        }
        IReadOnlyList<string> groups = await witness.GroupsOf("alice", ct);
        if (groups.Contains(Group)) throw new DemoException($"alice is in {Group} before anybody approved");
        evidence.Add($"Keycloak: alice is in [{string.Join(", ", groups)}]");
        return evidence;
    }

    private async Task<IReadOnlyList<string>> BobApproves(KeycloakWitness witness, CancellationToken ct)
    {
        ActionResult clicked = await _bob.Clicks(_cards[0], Button(_cards[0], "Approve")!.Text, ct);
        if (!clicked.Worked) throw new DemoException($"the click was answered with {clicked.Trouble}");
        return [await Membership(witness, wanted: true, Soon, ct)];
    }

    private async Task<IReadOnlyList<string>> AliceIsTold(CancellationToken ct)
    {
        SlackMessage told = await _alice.SeesMessage(m => m.ChannelId == _alice.Direct.Id && Says(m, "granted") && Says(m, "production"), Soon, ct);
        _grantedTs = told.Ts;
        return [$"{told.ChannelId} {told.Ts} \"{FirstLine(told)}\""];
    }

    private async Task<IReadOnlyList<string>> CopiesAreClosed(CancellationToken ct)
    {
        List<string> evidence = [];
        foreach (SlackMessage card in _cards)
        {
            SlackMessage now = await sandbox.Workspace.SeesMessage(
                card.ChannelId, m => m.Ts == card.Ts && Button(m, "Approve") is null && Button(m, "Deny") is null && Says(m, "approved") && Says(m, "Bob Brown"), Soon, ct);
            evidence.Add($"{now.ChannelId} {now.Ts} changed at {now.EditedTs}, nothing to decide, \"{LineWith(now, "Bob Brown")}\"");
        }
        return evidence;
    }

    private async Task<IReadOnlyList<string>> AliceIsReminded(KeycloakWitness witness, CancellationToken ct)
    {
        SlackMessage reminder = await _alice.SeesMessage(
            m => m.ChannelId == _alice.Direct.Id && m.Ts != _grantedTs && Says(m, "ends in") && Says(m, "production"), _length + Soon, ct);
        return [$"{reminder.ChannelId} {reminder.Ts} \"{FirstLine(reminder)}\"", await Membership(witness, wanted: true, TimeSpan.Zero, ct)];
    }

    private async Task<IReadOnlyList<string>> TheEndComes(KeycloakWitness witness, CancellationToken ct)
    {
        string gone = await Membership(witness, wanted: false, _length + Soon, ct);
        SlackMessage told = await _alice.SeesMessage(m => m.ChannelId == _alice.Direct.Id && Says(m, "has ended") && Says(m, "production"), Soon, ct);
        return [gone, $"{told.ChannelId} {told.Ts} \"{FirstLine(told)}\""];
    }

    private async Task<IReadOnlyList<string>> AuditTellsIt(CancellationToken ct)
    {
        string channel = sandbox.Workspace.Channel("access-audit").Id;
        SlackMessage root = await sandbox.Workspace.SeesMessage(channel, m => !m.IsReply && m.ThreadTs is not null && Says(m, "production"), Soon, ct);
        List<string> evidence = [$"{channel} {root.Ts} \"{FirstLine(root)}\", and in its thread:"];
        foreach (string step in (string[])["Request", "approved by Bob Brown", "Granted", "reminded", "Ended"])
        {
            SlackMessage line = await sandbox.Workspace.SeesMessage(channel, m => m.IsReply && m.ThreadTs == root.Ts && Says(m, step), Soon, ct);
            evidence.Add($"{line.Ts} \"{LineWith(line, step)}\"");
        }
        return evidence;
    }

    private async Task<IReadOnlyList<string>> ChainHolds(CancellationToken ct)
    {
        (int exitCode, string said) = await BotProcess.Run(sandbox.Environment, ["audit", "verify"], ct);
        return exitCode == 0 ? [$"chatgovernance audit verify: exit 0, {said.Trim()}"] : throw new DemoException($"audit verify exited with {exitCode}: {said}");
    }

    private static async Task<string> Membership(KeycloakWitness witness, bool wanted, TimeSpan patience, CancellationToken ct)
    {
        DateTimeOffset until = TimeProvider.System.GetUtcNow() + patience;
        while (true)
        {
            IReadOnlyList<string> groups = await witness.GroupsOf("alice", ct);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (groups.Contains(Group) == wanted)
                return string.Create(CultureInfo.InvariantCulture, $"Keycloak at {now:HH:mm:ss.f}: alice is in [{string.Join(", ", groups)}]");
            if (now >= until) throw new DemoException($"Keycloak: alice is in [{string.Join(", ", groups)}], which should {(wanted ? "have" : "not have")} {Group}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        }
    }

    private SlackOption? ShortLength() =>
        _form.OptionsOf("duration").Where(o => Seconds(o.Value) is { TotalSeconds: >= 20 and <= 30 }).MinBy(o => Seconds(o.Value));

    private static TimeSpan? Seconds(string value) =>
        value.EndsWith('s') && int.TryParse(value[..^1], CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static SlackButton? Button(SlackMessage message, string word) =>
        message.Buttons.FirstOrDefault(b => b.Text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool Says(SlackMessage message, string words) => message.AllText.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static bool Has(SlackView view, params string[] blocks) =>
        blocks.All(b => view.Blocks.EnumerateArray().Any(block => block.GetProperty("block_id").GetString() == b));

    private static string FirstLine(SlackMessage message) => message.AllText.Split('\n')[0];

    private static string LineWith(SlackMessage message, string words) =>
        message.AllText.Split('\n').First(l => l.Contains(words, StringComparison.OrdinalIgnoreCase));
}
