using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>An approver picks a shorter time; sending it is the vote.</summary>
public static class ShortenForm
{
    /// <summary>Lengths to pick from: all that are usual and shorter than what was asked for.</summary>
    public static ChatForm For(FormId id, AccessRequest request)
    {
        var asked = request.Length switch
        {
            AccessLength.For span => span.Length,
            AccessLength.Window window => window.To - window.From,
            _ => TimeSpan.MaxValue,
        };
        var options = RequestForm.UsualLengths.Where(length => length < asked).Reverse().Select(length => new FormOption(Durations.Write(length), Sentences.Span(length))).ToList();
        return options.Count == 0
            ? Closed(id, request, "It is asked for so short a time that there is no shorter one.")
            : new ChatForm
            {
                Id = id,
                Purpose = new FormPurpose.Shorten(request.Id),
                Title = Title,
                Submit = "Approve",
                Parts =
                [
                    new FormPart.Words($"{Sentences.Requester(request)} asks for {request.TargetName}, {Sentences.For(request.Length)}."),
                    new FormPart.Choice(Fields.Duration, "Approve for at most", options, options[0].Value),
                ],
            };
    }

    /// <summary>What the form sent; null: it could not have sent this.</summary>
    public static TimeSpan? Read(FormInput input) => Durations.TryParse(input[Fields.Duration], out var length) ? length : null;

    public static ChatForm Closed(FormId id, AccessRequest? request, string why) => new()
    {
        Id = id,
        Purpose = request is null ? new FormPurpose.Ask() : new FormPurpose.Shorten(request.Id),
        Title = Title,
        Parts = [new FormPart.Words(why)],
    };

    private const string Title = "Approve for less";
}
