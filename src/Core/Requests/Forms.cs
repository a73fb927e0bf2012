using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>Opens and fills forms. The request form opens as a skeleton at once and is filled after.</summary>
public sealed class Forms(DrawForm draw, IEnumerable<IChat> chats, ICommits commits, IIds ids, TimeProvider time)
{
    private const int Tries = 3;

    /// <summary>The delivery is given back before a form is shown, so no lost lease breaks this off; each call ends by its own time-out.</summary>
    private static readonly CancellationToken once = CancellationToken.None;

    private readonly Dictionary<ChatPlatform, IChat> chats = chats.ToDictionary(chat => chat.Platform);

    public async Task<CommitResult> Open(Command.OpenRequestForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var (saved, view) = await Show(command.By, command.Trigger, RequestForm.Skeleton(form), delivery, lease, ct);
        if (view is not null)
            await Fill(command.By, view, (await draw.For(command, form, once))!);
        return saved;
    }

    public async Task<CommitResult> Pick(Command.PickTarget command, Lease lease, CancellationToken ct)
    {
        var saved = await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
        if (saved == CommitResult.Saved && await draw.Picked(command.Input, command.Form, once) is { } filled)
            await Fill(command.By, command.View, filled);
        return saved;
    }

    /// <summary>Opens the form that a press asked for.</summary>
    public async Task<CommitResult> Open(Command command, ChatAccount by, string trigger, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = (await draw.For(command, new FormId(ids.Next()), ct))!;
        return (await Show(by, trigger, form, delivery, lease, ct)).Saved;
    }

    /// <summary>The delivery is done before the form is opened: a form is opened once at most, and a person can press again.</summary>
    private async Task<(CommitResult Saved, string? View)> Show(ChatAccount by, string trigger, ChatForm form, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var late = time.GetUtcNow() - delivery.ReceivedAt > chats[by.Platform].TriggerLife;
        var saved = await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Notes = late ? [RequestChanges.Tell(by, $"late:{delivery.Id}", Subject.Of(by), "That took too long", "The form could not be opened in time. Please try again.")] : [],
        }, ct);
        if (late || saved != CommitResult.Saved)
            return (saved, null);
        return (saved, await chats[by.Platform].OpenForm(trigger, form, once) is FormShown.Done done ? done.View : null);
    }

    /// <summary>A form that stayed a skeleton would keep somebody waiting for nothing.</summary>
    private async Task Fill(ChatAccount by, string view, ChatForm form)
    {
        for (var tries = 1; await chats[by.Platform].UpdateForm(view, form, once) is FormShown.Failed && tries < Tries; tries++)
        {
        }
    }
}
