using System.Diagnostics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Work;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Stores what is to be done and says what to answer. What is answered is drawn from what is stored, and never waits long for the directory.</summary>
internal sealed partial class TeamsIntake(
    StoreDelivery storing, FindPressed finding, DrawForm forms, CurrentCard cards, ICatalog catalog, IIds ids, TimeProvider time, ILogger<TeamsIntake> log)
{
    /// <summary>Teams waits for some ten seconds; a person does not like to. This to find out what was pressed, and to store it;</summary>
    private static readonly TimeSpan takeWithin = TimeSpan.FromSeconds(4);

    /// <summary>this to show what came of it, once it is stored.</summary>
    private static readonly TimeSpan showWithin = TimeSpan.FromSeconds(2);

    private const string NotTaken = "This was not taken, because something here is not working. Please try again in a moment.";
    private const string Taken = "Taken. What comes of it is told to you here.";
    private const string NothingHere = "That button or form could not be used. Nothing was changed. Please open it anew.";

    public async Task<Intake> Take(TeamsAct act, Arrival arrival, CancellationToken ct)
    {
        switch (act)
        {
            case TeamsAct.Typed typed:
                return await Store(typed.Meaning.Subject, DeliveryKind.Activity, arrival, ct) ? new Intake.Answered(Acknowledged.Taken, []) : new Intake.NotStored();
            case TeamsAct.Arrives when arrival.Alone:
                return await Store(Subject.Of(arrival.By), DeliveryKind.Activity, arrival, ct) ? new Intake.Answered(Acknowledged.Taken, []) : new Intake.NotStored();
            case TeamsAct.Searches search:
                return new Intake.Answered(Acknowledged.Replied, TeamsAnswers.Found(search.Dataset == CardVerbs.Targets ? TargetChoices.Search(catalog.Current, search.Text) : []));
            case TeamsAct.Unknown:
                return new Intake.Answered(Acknowledged.Ignored, TeamsAnswers.Error(StatusCodes.Status501NotImplemented, "unknown", "This is nothing that the bot knows."));
            case TeamsAct.InCard pressed:
                return await Take(pressed, arrival, ct);
            default:
                return new Intake.Answered(Acknowledged.Ignored, []);
        }
    }

    private async Task<Intake> Take(TeamsAct.InCard act, Arrival arrival, CancellationToken ct)
    {
        Step step;
        try
        {
            step = await Deadline.Within(takeWithin, time, token => Answer(act, arrival, token), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever the trouble is called: it was not taken, and the one who waits is told so.
            LogNotAnswered(e);
            return Failed(act.Surface);
        }

        if (step.Stored is not { } stored)
            return step.Answer;
        try
        {
            return await Deadline.Within(showWithin, time, token => AfterDoing(stored, step.Card, act.Surface, arrival, token), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotShown(e);
            return step.Answer;
        }
    }

    /// <summary>Somebody is heard of again where nothing could be said to them.</summary>
    /// <returns>False: it is not stored.</returns>
    public Task<bool> Returns(Arrival arrival, CancellationToken ct) =>
        Store(Subject.Of(arrival.By), DeliveryKind.Returned, arrival, ct, $"teams:return:{arrival.Conversation} {arrival.Activity.Id}");

    /// <summary>What is answered when not even where it comes from could be stored.</summary>
    public static Intake NotKept(TeamsAct act) => act is TeamsAct.InCard inCard ? Failed(inCard.Surface) : new Intake.NotStored();

    private async Task<Step> Answer(TeamsAct.InCard act, Arrival arrival, CancellationToken ct)
    {
        // A dialog lies before the chat: no message is named in it.
        var pressed = act.Surface == FormSurface.Dialog
            ? InDialog(act.Press) ? new Pressed.Note() : new Pressed.Nowhere()
            : await finding.Run(arrival.By, new ChatPlace(arrival.Conversation, arrival.Activity.ReplyToId ?? ""), arrival.Alone, act.Card is { } card ? (card.Subject, card.Purpose) : null, ct);
        if (pressed is Pressed.Nowhere && act.Press is CardPress.Refreshes)
            return Answered(act.Surface, NothingHere); // nobody did anything but look
        if (pressed is Pressed.Nowhere || !Fits(act.Press, pressed))
            return await Store(Subject.Of(arrival.By), DeliveryKind.Misplaced, arrival, ct) ? Answered(act.Surface, NothingHere) : Failed(act.Surface);

        var key = (pressed as Pressed.Card)?.Key;
        switch (act.Press)
        {
            case CardPress.Refreshes:
                return await Current(key, act.Surface, arrival, NothingHere, ct);
            case CardPress.Opens opens when act.Surface != FormSurface.Chat:
                return Shows((await forms.For(opens.Command, new FormId(ids.Next()), ct))!, act, [], new FormInput(new Dictionary<string, string>()));
            case CardPress.Opens:
                return await Store(FormSubjects.Of(Key(arrival)), DeliveryKind.Activity, arrival, ct) ? new Intake.Answered(Acknowledged.Taken, []) : new Intake.NotStored();
            case CardPress.Picks picks:
                return Shows(await forms.Picked(picks.Input, picks.Place.Id, ct) ?? RequestForm.Filled(picks.Place.Id, null, []), act, [], picks.Input);
            case CardPress.Sends sends:
                return await Send(sends, act, arrival, key, ct);
            case CardPress.Does does:
                return await Store(does.Meaning.Subject, DeliveryKind.Activity, arrival, ct) ? new Step(Answered(act.Surface, Taken), does.Meaning, key) : Failed(act.Surface);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Forms of several fields are shown in dialogs; what decides is not.</summary>
    private static bool InDialog(CardPress press) => press switch
    {
        CardPress.Opens { Command: Command.OpenRequestForm or Command.OpenExtendForm or Command.OpenOfferForm } => true,
        CardPress.Sends { Place.Purpose: FormPurpose.Ask or FormPurpose.Extend or FormPurpose.Offered } => true,
        CardPress.Picks => true,
        _ => false,
    };

    /// <summary>A button stands in the card that is about the same; a person's own page has buttons for many things.</summary>
    private static bool Fits(CardPress press, Pressed pressed)
    {
        var about = press switch
        {
            CardPress.Does does => does.About,
            CardPress.Opens opens => opens.About,
            CardPress.Sends { Place.Purpose: var purpose } => About(purpose),
            _ => null,
        };
        return about is null || pressed is not Pressed.Card { Key: { Purpose: not CardPurpose.Home } key } || key.Subject == about;
    }

    private static Subject? About(FormPurpose form) => form switch
    {
        FormPurpose.Deny deny => Subject.Of(deny.Request),
        FormPurpose.Question question => Subject.Of(question.Request),
        FormPurpose.Answer answer => Subject.Of(answer.Request),
        FormPurpose.Shorten shorten => Subject.Of(shorten.Request),
        FormPurpose.Extend extend => Subject.Of(extend.Request),
        FormPurpose.Offered offered => Subject.Of(offered.Offer),
        _ => null,
    };

    private async Task<Step> Send(CardPress.Sends sends, TeamsAct.InCard act, Arrival arrival, CardKey? key, CancellationToken ct)
    {
        switch (sends.Meaning)
        {
            case Meaning.Wrong wrong:
                return await GiveBack(sends, act, [wrong.Error], ct) is { } back ? new Intake.Answered(Acknowledged.Checked, back) : Failed(act.Surface);
            case Meaning.Does does:
                return await Store(does.Subject, DeliveryKind.Activity, arrival, ct, FormKey(sends, arrival)) ? new Step(Answered(act.Surface, Taken), does, key) : Failed(act.Surface);
            case Meaning.Checked check:
                var sent = new SentDelivery(
                    new Delivery(FormKey(sends, arrival), check.Submission.Subject, DeliveryKind.Activity, arrival.Body, Done(act.Surface)),
                    new Delivery(Key(arrival), check.Impossible.Subject, DeliveryKind.ImpossibleForm, arrival.Body, []),
                    check.Inputs,
                    check.SpeaksOfTarget,
                    async (errors, token) => await GiveBack(sends, act, errors, token) ?? TeamsAnswers.NotTaken(act.Surface, NothingHere));
                return await storing.Store(sent, ct) is { } answer ? new Intake.Answered(Acknowledged.Checked, answer) : Failed(act.Surface);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The form with what was entered and what is wrong at its fields; null: there is no such form any more.</summary>
    private async Task<byte[]?> GiveBack(CardPress.Sends sends, TeamsAct.InCard act, IReadOnlyList<FieldError> errors, CancellationToken ct)
    {
        var place = sends.Place!;
        var form = place.Purpose switch
        {
            FormPurpose.Ask => await forms.Picked(sends.Input, place.Id, ct) ?? RequestForm.Filled(place.Id, null, []),
            FormPurpose.Deny deny => await forms.For(new Command.OpenDenyForm(default, "", deny.Request), place.Id, ct),
            FormPurpose.Question about => await forms.For(new Command.OpenQuestionForm(default, "", about.Request), place.Id, ct),
            FormPurpose.Answer about => await forms.For(new Command.OpenAnswerForm(default, "", about.Request, about.Asked), place.Id, ct),
            FormPurpose.Shorten shorten => await forms.For(new Command.OpenShortenForm(default, "", shorten.Request), place.Id, ct),
            FormPurpose.Extend extend => await forms.Extend(extend.Request, place.Id, ct),
            FormPurpose.Offered offered => await forms.For(new Command.OpenOfferForm(default, "", offered.Offer, offered.Way), place.Id, ct),
            _ => null,
        };
        return form is null ? null : Shows(form, act, errors, sends.Input).Body;
    }

    private Intake.Answered Shows(ChatForm form, TeamsAct.InCard act, IReadOnlyList<FieldError> errors, FormInput entered)
    {
        var surface = act.Surface == FormSurface.Card && act.Card is null ? FormSurface.Chat : act.Surface;
        var card = FormRenderer.Render(new ShownForm(form, surface, TargetChoices.Of(catalog.Current, entered[Fields.Target]))
        {
            Card = act.Card?.ToString(),
            Entered = entered,
            Errors = errors,
        });
        return new Intake.Answered(Acknowledged.Replied, act.Surface == FormSurface.Dialog ? TeamsAnswers.Dialog(form, card) : TeamsAnswers.Card(card));
    }

    private async Task<Intake> AfterDoing(Meaning.Does does, CardKey? key, FormSurface surface, Arrival arrival, CancellationToken ct)
    {
        await cards.UntilHandled(does.Subject, ct);
        return does.Command is Command.Impossible ? Answered(surface, NothingHere) : await Current(key, surface, arrival, Taken, ct);
    }

    /// <summary>The card as it is now, or words where there is none to draw.</summary>
    private async Task<Intake> Current(CardKey? key, FormSurface surface, Arrival arrival, string otherwise, CancellationToken ct) =>
        surface == FormSurface.Card && key is not null && await cards.Draw(key, arrival.By, ct) is { } card
            ? new Intake.Answered(Acknowledged.Taken, TeamsAnswers.Card(card))
            : Answered(surface, otherwise);

    private static Intake.Answered Answered(FormSurface surface, string words) => new(Acknowledged.Taken, surface switch
    {
        FormSurface.Dialog => TeamsAnswers.DialogEnds(words),
        FormSurface.Card => TeamsAnswers.Words(words),
        _ => [],
    });

    private static byte[] Done(FormSurface surface) => surface switch
    {
        FormSurface.Dialog => TeamsAnswers.DialogEnds(Taken),
        FormSurface.Card => TeamsAnswers.Card(MessageRenderer.Render(new ChatMessage { Title = Taken }, null, []).Card),
        _ => [],
    };

    private static Intake Failed(FormSurface surface) => surface == FormSurface.Chat ? new Intake.NotStored() : new Intake.Answered(Acknowledged.NotTaken, TeamsAnswers.NotTaken(surface, NotTaken));

    /// <returns>False: it is not stored, or not in time.</returns>
    private async Task<bool> Store(Subject subject, string kind, Arrival arrival, CancellationToken ct, string? key = null) =>
        await storing.Store(new Delivery(key ?? Key(arrival), subject, kind, arrival.Body, []), ct) is not null;

    /// <summary>Counted once: the activity's own id, which is one of its conversation's.</summary>
    private static string Key(Arrival arrival) => $"teams:{arrival.Conversation} {arrival.Activity.Id}";

    /// <summary>What is sent under a form's id is accepted once.</summary>
    private static string FormKey(CardPress.Sends sends, Arrival arrival) => sends.Place is { } place ? $"teams:form:{place.Id}:{arrival.By}" : Key(arrival);

    [LoggerMessage(1, LogLevel.Error, "A press in a card was not answered in time, and is not called taken.")]
    private partial void LogNotAnswered(Exception e);

    [LoggerMessage(2, LogLevel.Warning, "What came of a press in a card was not shown in time; it is taken, and told by message.")]
    private partial void LogNotShown(Exception e);

    /// <param name="Answer">Said at once.</param>
    /// <param name="Stored">What is stored, and done now: what comes of it is shown, if it comes in time. Null: the answer is all.</param>
    /// <param name="Card">In which it was pressed.</param>
    private readonly record struct Step(Intake Answer, Meaning.Does? Stored = null, CardKey? Card = null)
    {
        public static implicit operator Step(Intake answer) => new(answer);
    }
}
