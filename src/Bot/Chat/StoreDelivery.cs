using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Work;

namespace ChatGovernance.Bot.Chat;

/// <summary>Stores what a platform delivered, before it is answered and in time to say so; nothing here calls a platform or the directory.</summary>
internal sealed partial class StoreDelivery(IInbox inbox, IWake wake, FormCheck forms, TimeProvider time, ILogger<StoreDelivery> log)
{
    /// <summary>
    /// Slack waits 3 s (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response), the others longer; what
    /// is not stored by now is told in time.
    /// </summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    /// <returns>What to answer: at a repeat what the first was answered. Null: it is not stored, or not in time to say so.</returns>
    public Task<byte[]?> Store(Delivery delivery, CancellationToken ct) => InTime(token => Accept(delivery, token), delivery.Kind, ct);

    /// <summary>Stores a form that was sent if nothing in it is known to be wrong.</summary>
    /// <returns>The same; or the answer of <see cref="SentDelivery.GiveBack"/>.</returns>
    public Task<byte[]?> Store(SentDelivery sent, CancellationToken ct) => InTime(token => Check(sent, token), sent.Submission.Kind, ct);

    private async Task<byte[]> Check(SentDelivery sent, CancellationToken ct)
    {
        // Before the fields are checked: what was right when it was first sent may be refused by now.
        if (await inbox.Answered([sent.Impossible.Key, sent.Submission.Key], ct) is { } first)
            return first;

        var verdict = forms.Check(sent.Inputs);
        if (verdict.Errors.Count == 0)
            return await Accept(sent.Submission, ct);
        // Not consumed: the same form may be corrected and sent again.
        var errors = await sent.GiveBack([.. verdict.Errors.Select(error => error.Field == Fields.Target ? error with { Field = sent.SpeaksOfTarget } : error).DistinctBy(error => error.Field)], ct);
        return verdict.Impossible ? await Accept(sent.Impossible with { Answer = errors }, ct) : errors;
    }

    private async Task<byte[]> Accept(Delivery delivery, CancellationToken ct)
    {
        var accepted = await inbox.Accept(delivery, ct);
        if (accepted.First)
            wake.Wake(WorkKind.Inbox);
        return accepted.Answer;
    }

    private async Task<byte[]?> InTime(Func<CancellationToken, Task<byte[]>> store, string kind, CancellationToken ct)
    {
        try
        {
            return await Deadline.Within(Within, time, store, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever the database's trouble is called: it was not taken, and the one who waits is told so.
            LogNotStored(e, kind);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A delivery of kind {Kind} was not stored, and is not called taken.")]
    private partial void LogNotStored(Exception e, string kind);
}

/// <summary>A request form that was sent.</summary>
/// <param name="Inputs">What is checked, once for each target.</param>
/// <param name="Impossible">What is stored instead when a value could not have come from the form; its answer is what <paramref name="GiveBack"/> says.</param>
/// <param name="SpeaksOfTarget">The field at which it is said what is wrong with a target.</param>
/// <param name="GiveBack">Answers with the form and what is wrong at its fields.</param>
internal sealed record SentDelivery(
    Delivery Submission, Delivery Impossible, IReadOnlyList<FormInput> Inputs, string SpeaksOfTarget, Func<IReadOnlyList<FieldError>, CancellationToken, Task<byte[]>> GiveBack);
