using ChatGovernance.Benchmarks.Stand;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Benchmarks.Grants;

/// <summary>What people do before the click that is measured.</summary>
internal sealed class AskingPeople(RealDeployment deployment)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    public SlackPerson Requester => deployment.Person("alice");

    public SlackPerson Approver => deployment.Person("bob");

    /// <summary>Asks for it by the form.</summary>
    /// <returns>The approver's copy, with its buttons.</returns>
    public async Task<SlackMessage> Ask(string target, CancellationToken ct)
    {
        await Requester.Types($"/request-access {target}", ct);
        var modal = await Requester.SeesModal(null, patience, ct);
        await modal.Shows(_ => modal.Has("duration"), patience, ct);
        modal.Writes("justification", "The nightly import has failed.");
        if (!(await modal.Submits(ct)).Closed)
            throw new InvalidOperationException($"The form for {target} was not taken.");
        return await Approver.SeesMessage(m => m.Buttons.Count > 0 && m.Text.Contains(target + "\n", StringComparison.Ordinal), patience, ct);
    }

    public async Task Approve(SlackMessage question, CancellationToken ct)
    {
        if (!(await Approver.Clicks(question, "Approve", ct)).Worked)
            throw new InvalidOperationException("The click was not taken.");
    }

    public Task<SlackMessage> SeesGranted(string target, CancellationToken ct) =>
        Requester.SeesMessage(m => m.Text.StartsWith($"Granted: you now have {target}", StringComparison.Ordinal), patience, ct);
}
