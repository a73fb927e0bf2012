using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Draws forms from what is known now, within seconds: what the directory is too slow to say is left out, and checked when the form
/// has been sent. It changes nothing.
/// </summary>
public sealed class DrawForm(ICatalog catalog, Identities identities, IDirectory directory, IRequests requests, IEntitlements entitlements, ILoginOffers offers, TimeProvider time)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    /// <summary>The form that a command asks for; null: it asks for none.</summary>
    public async Task<ChatForm?> For(Command command, FormId form, CancellationToken ct) => command switch
    {
        Command.OpenRequestForm open => await Ask(open, form, ct),
        Command.OpenDenyForm deny => await Deny(deny.Request, form, ct),
        Command.OpenQuestionForm about => await Question(about.Request, form, ct),
        Command.OpenAnswerForm about => await Answer(about.Request, about.Question, form, ct),
        Command.OpenShortenForm shorten => await Shorten(shorten.Request, form, ct),
        Command.OpenExtendForm extend => await Extend(extend.Request, form, ct),
        Command.OpenOfferForm offered => await Offered(offered, form, ct),
        _ => null,
    };

    /// <summary>The request form with another target picked; null: it is not offered.</summary>
    public async Task<ChatForm?> Picked(FormInput input, FormId form, CancellationToken ct) =>
        TargetId.TryParse(input[Fields.Target], out var target) && catalog.Current.Find(target) is { } entry
            ? RequestForm.Filled(form, entry, await Deciders(entry, ct))
            : null;

    public async Task<ChatForm> Extend(RequestId request, FormId form, CancellationToken ct) => await entitlements.FindOf(request, ct) is { Value: var entitlement }
        ? ExtendForm.For(form, request, entitlement, catalog.Current.Find(entitlement.Target)?.Rule, time.GetUtcNow())
        : ExtendForm.Closed(form, Sentences.For(new Refusal.NothingToExtend()));

    private async Task<ChatForm> Ask(Command.OpenRequestForm command, FormId form, CancellationToken ct)
    {
        var current = catalog.Current;
        var found = command.SearchText.Length > 0 ? current.Search(command.SearchText, 2) : [];
        var deciders = found is [var one] ? Deciders(one, ct) : Task.FromResult<IReadOnlyList<string>>([]);
        return await Patiently.Ask(identities.Identify(command.By, ct), patience, time, ct) switch
        {
            Identification.Refused refused => RequestForm.Closed(form, Sentences.For(refused.Why)),
            _ when current.Entries.Count == 0 => RequestForm.Closed(form, "Nothing can be requested yet: the list has not been read from Keycloak, or nothing is marked as requestable. Try again in a minute, or ask a Keycloak administrator."),
            _ when found is [var only] => RequestForm.Filled(form, only, await deciders),
            _ => RequestForm.Filled(form, null, []),
        };
    }

    private async Task<ChatForm> Deny(RequestId id, FormId form, CancellationToken ct)
    {
        var request = (await requests.Load(id, ct))?.Value;
        return WhyClosed(request) is { } why ? DenyForm.TooLate(form, why) : DenyForm.For(form, request!);
    }

    private async Task<ChatForm> Question(RequestId id, FormId form, CancellationToken ct)
    {
        var request = (await requests.Load(id, ct))?.Value;
        return WhyClosed(request) is { } why ? QuestionForms.CannotAsk(form, why) : QuestionForms.Ask(form, request!);
    }

    private async Task<ChatForm> Answer(RequestId id, Guid asked, FormId form, CancellationToken ct)
    {
        var request = (await requests.Load(id, ct))?.Value;
        return (WhyClosed(request), request?.Questions.FirstOrDefault(question => question.Id == asked)) switch
        {
            ({ } why, _) => QuestionForms.CannotAnswer(form, why),
            (_, null) => QuestionForms.CannotAnswer(form, Sentences.For(new Refusal.UnknownQuestion())),
            (_, { Answer: { } given }) => QuestionForms.CannotAnswer(form, Sentences.For(new Refusal.AlreadyAnswered(given.By))),
            (_, { } question) => QuestionForms.Answer(form, request!, question),
        };
    }

    private async Task<ChatForm> Shorten(RequestId id, FormId form, CancellationToken ct)
    {
        var request = (await requests.Load(id, ct))?.Value;
        return WhyClosed(request) is { } why ? ShortenForm.Closed(form, request, why) : ShortenForm.For(form, request!);
    }

    private async Task<ChatForm> Offered(Command.OpenOfferForm command, FormId form, CancellationToken ct)
    {
        var offer = await offers.Load(command.Offer, ct);
        var entries = offer?.Way(command.Way)?.Targets.Select(target => catalog.Current.Find(target.Target)).ToList() ?? [];
        return entries.Contains(null) || entries.Count == 0 ? RequestForm.Closed(form, Sentences.For(new Refusal.NotOffered()))
            : entries is [{ } only] ? RequestForm.Filled(form, only, [])
            : OfferForm.For(form, offer!, command.Way, [.. entries.OfType<CatalogEntry>()]);
    }

    private static string? WhyClosed(AccessRequest? request) => request switch
    {
        null => Sentences.For(new Refusal.UnknownRequest()),
        { State.IsOpen: false } => Sentences.For(request.Outcome()),
        _ => null,
    };

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
