using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Opens and fills forms. A form opens as a skeleton at once and is filled after; what the directory is too slow to say
/// is left out, and checked when the form has been sent.
/// </summary>
public sealed class Forms(
    ICatalog catalog, Identities identities, IDirectory directory, IRequests requests, IEntitlements entitlements, ILoginOffers offers, IEnumerable<IChat> chats, ICommits commits, IIds ids, TimeProvider time)
{
    /// <summary>A press opens a dialog for three seconds (Slack: <c>trigger_id</c>).</summary>
    private static readonly TimeSpan triggerLife = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    private const int Tries = 3;

    /// <summary>The delivery is given back before a form is shown, so no lost lease breaks this off; each call ends by its own time-out.</summary>
    private static readonly CancellationToken once = CancellationToken.None;

    private readonly Dictionary<ChatPlatform, IChat> chats = chats.ToDictionary(chat => chat.Platform);

    public async Task<CommitResult> Open(Command.OpenRequestForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var (saved, view) = await Show(command.By, command.Trigger, RequestForm.Skeleton(form), delivery, lease, ct);
        if (view is null)
            return saved;

        var current = catalog.Current;
        var found = command.SearchText.Length > 0 ? current.Search(command.SearchText, 2) : [];
        var filled = await Patiently.Ask(identities.Identify(command.By, once), patience, time, once) switch
        {
            Identification.Refused refused => RequestForm.Closed(form, Sentences.For(refused.Why)),
            _ when current.Entries.Count == 0 => RequestForm.Closed(form, "Nothing can be requested yet: the list has not been read from Keycloak, or nothing is marked as requestable. Try again in a minute, or ask a Keycloak administrator."),
            _ when found is [var only] => RequestForm.Filled(form, only, await Deciders(only, once)),
            _ => RequestForm.Filled(form, null, []),
        };
        await Fill(command.By, view, filled);
        return saved;
    }

    public async Task<CommitResult> Pick(Command.PickTarget command, Lease lease, CancellationToken ct)
    {
        var saved = await commits.Commit(new Changes { Under = lease, Release = new Release.Done() }, ct);
        if (saved == CommitResult.Saved && TargetId.TryParse(command.Input[Fields.Target], out var target) && catalog.Current.Find(target) is { } entry)
            await Fill(command.By, command.View, RequestForm.Filled(command.Form, entry, await Deciders(entry, once)));
        return saved;
    }

    public async Task<CommitResult> OpenDeny(Command.OpenDenyForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var request = (await requests.Load(command.Request, ct))?.Value;
        var shown = WhyClosed(request) is { } why ? DenyForm.TooLate(form, why) : DenyForm.For(form, request!);
        return (await Show(command.By, command.Trigger, shown, delivery, lease, ct)).Saved;
    }

    public async Task<CommitResult> OpenQuestion(Command.OpenQuestionForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var request = (await requests.Load(command.Request, ct))?.Value;
        var shown = WhyClosed(request) is { } why ? QuestionForms.CannotAsk(form, why) : QuestionForms.Ask(form, request!);
        return (await Show(command.By, command.Trigger, shown, delivery, lease, ct)).Saved;
    }

    public async Task<CommitResult> OpenAnswer(Command.OpenAnswerForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var request = (await requests.Load(command.Request, ct))?.Value;
        var shown = (WhyClosed(request), request?.Questions.FirstOrDefault(question => question.Id == command.Question)) switch
        {
            ({ } why, _) => QuestionForms.CannotAnswer(form, why),
            (_, null) => QuestionForms.CannotAnswer(form, Sentences.For(new Refusal.UnknownQuestion())),
            (_, { Answer: { } given }) => QuestionForms.CannotAnswer(form, Sentences.For(new Refusal.AlreadyAnswered(given.By))),
            (_, var question) => QuestionForms.Answer(form, request!, question),
        };
        return (await Show(command.By, command.Trigger, shown, delivery, lease, ct)).Saved;
    }

    public async Task<CommitResult> OpenShorten(Command.OpenShortenForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var request = (await requests.Load(command.Request, ct))?.Value;
        var shown = WhyClosed(request) is { } why ? ShortenForm.Closed(form, request, why) : ShortenForm.For(form, request!);
        return (await Show(command.By, command.Trigger, shown, delivery, lease, ct)).Saved;
    }

    public async Task<CommitResult> OpenExtend(ChatAccount by, string trigger, RequestId request, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var shown = await entitlements.FindOf(request, ct) is { Value: var entitlement }
            ? ExtendForm.For(form, request, entitlement, catalog.Current.Find(entitlement.Target)?.Rule, time.GetUtcNow())
            : ExtendForm.Closed(form, Sentences.For(new Refusal.NothingToExtend()));
        return (await Show(by, trigger, shown, delivery, lease, ct)).Saved;
    }

    public async Task<CommitResult> OpenOffered(Command.OpenOfferForm command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var form = new FormId(ids.Next());
        var offer = await offers.Load(command.Offer, ct);
        var entries = offer?.Way(command.Way)?.Targets.Select(target => catalog.Current.Find(target.Target)).ToList() ?? [];
        var shown = entries.Contains(null) || entries.Count == 0 ? RequestForm.Closed(form, Sentences.For(new Refusal.NotOffered()))
            : entries is [{ } only] ? RequestForm.Filled(form, only, [])
            : OfferForm.For(form, offer!, command.Way, [.. entries.OfType<CatalogEntry>()]);
        return (await Show(command.By, command.Trigger, shown, delivery, lease, ct)).Saved;
    }

    private static string? WhyClosed(AccessRequest? request) => request switch
    {
        null => Sentences.For(new Refusal.UnknownRequest()),
        { State.IsOpen: false } => Sentences.For(request.Outcome()),
        _ => null,
    };

    /// <summary>The delivery is done before the form is opened: a form is opened once at most, and a person can press again.</summary>
    private async Task<(CommitResult Saved, string? View)> Show(ChatAccount by, string trigger, ChatForm form, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var late = time.GetUtcNow() - delivery.ReceivedAt > triggerLife;
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

    /// <summary>Names of those who will decide, where the directory says them in time; else the form names their groups.</summary>
    private async Task<IReadOnlyList<string>> Deciders(CatalogEntry entry, CancellationToken ct) =>
        await Patiently.Ask(ReadDeciders(entry, ct), patience, time, ct) ?? [];

    private async Task<IReadOnlyList<string>> ReadDeciders(CatalogEntry entry, CancellationToken ct)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var group in entry.Rule.Stages[0].Groups)
        {
            if (await directory.ReadMembers(group.Id, ct) is not Reading<IReadOnlyList<Person>>.Known members)
                return [];
            names.UnionWith(members.Value.Where(member => member.IsActiveHuman).Select(member => member.Name));
        }

        return [.. names];
    }
}
