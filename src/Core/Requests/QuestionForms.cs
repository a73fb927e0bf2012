using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Requests;

/// <summary>The dialogs in which a question about a request is asked, and answered.</summary>
public static class QuestionForms
{
    /// <summary>Of a question and of an answer, in characters (Unicode scalar values).</summary>
    public const int TextMaximum = 500;

    private const string AskTitle = "Ask a question";
    private const string AnswerTitle = "Answer a question";

    /// <summary>What is wrong with the text as it was sent; null: nothing.</summary>
    public static FieldError? Check(string text) => Text.Clean(text) switch
    {
        "" => new FieldError(Fields.Question, "Write something, please."),
        var cleaned when cleaned.EnumerateRunes().Count() > TextMaximum => new FieldError(Fields.Question, $"At most {TextMaximum} characters, please."),
        _ => null,
    };

    public static ChatForm Ask(FormId id, AccessRequest request) => new()
    {
        Id = id,
        Purpose = new FormPurpose.Question(request.Id),
        Title = AskTitle,
        Submit = "Ask",
        Parts =
        [
            new FormPart.Words($"{Sentences.Requester(request)} asks for {request.TargetName}. The request stays open until it is decided on."),
            new FormPart.TextField(Fields.Question, "What do you want to know?", "Everybody who decides and the security team can read it.", TextMaximum, Multiline: true, Optional: false),
        ],
    };

    public static ChatForm Answer(FormId id, AccessRequest request, Question question) => new()
    {
        Id = id,
        Purpose = new FormPurpose.Answer(request.Id, question.Id),
        Title = AnswerTitle,
        Submit = "Answer",
        Parts =
        [
            new FormPart.Words($"{question.By.Name} asks about {request.TargetName}:"),
            new FormPart.Words(question.Text),
            new FormPart.TextField(Fields.Question, "Your answer", "Everybody who decides and the security team can read it.", TextMaximum, Multiline: true, Optional: false),
        ],
    };

    public static ChatForm CannotAsk(FormId id, string why) => Closed(id, AskTitle, why);

    public static ChatForm CannotAnswer(FormId id, string why) => Closed(id, AnswerTitle, why);

    private static ChatForm Closed(FormId id, string title, string why) => new() { Id = id, Purpose = new FormPurpose.Ask(), Title = title, Parts = [new FormPart.Words(why)] };
}
