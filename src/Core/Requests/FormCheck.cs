using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Checks what a form sent, in memory and before it is answered: what is known to be wrong is said at its field.
/// What it lets through is checked again with fresh facts.
/// </summary>
public sealed class FormCheck(ICatalog catalog)
{
    /// <summary>The same form for several targets: at each field what is wrong first.</summary>
    public FormVerdict Check(IReadOnlyList<FormInput> inputs)
    {
        var verdicts = inputs.Select(Check).ToList();
        return new FormVerdict([.. verdicts.SelectMany(verdict => verdict.Errors).DistinctBy(error => error.Field)], verdicts.Exists(verdict => verdict.Impossible));
    }

    public FormVerdict Check(FormInput input)
    {
        if (Submission.Read(input, out var field) is not { } submission)
            return new FormVerdict([Error(field!, new Refusal.ImpossibleValue(field!))], Impossible: input[field!].Length > 0);
        if (catalog.Current.Find(submission.Target) is not { } entry)
            return new FormVerdict([Error(Fields.Target, new Refusal.NotOffered())], Impossible: false); // it may have been offered when the form was opened
        return new FormVerdict([.. submission.Check(entry.Rule).Select(found => Error(found.Field, found.Why))], Impossible: false);
    }

    private static FieldError Error(string field, Refusal why) => new(field, Sentences.For(why));
}

/// <param name="Errors">Empty: it may be accepted.</param>
/// <param name="Impossible">One of the values could not have come from a form of ours: it is recorded.</param>
public sealed record FormVerdict(IReadOnlyList<FieldError> Errors, bool Impossible);
