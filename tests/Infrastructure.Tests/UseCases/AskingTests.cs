using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using Microsoft.Extensions.DependencyInjection;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Somebody who decides wants to know something first.</summary>
public abstract class AskingTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task The_requester_is_asked_answers_and_every_copy_shows_both_while_it_stays_open()
    {
        var request = await Ask();
        await AskAbout(request, Bob, "Which import is it?");
        var question = (await Load(request)).Questions.ShouldHaveSingleItem();

        var note = Chat.To(AccountOf(Alice)).Single(message => message.Message.Title == $"{Bob.Name} has a question about the request for {DatabaseName}").Message;
        note.Lines.ShouldBe(["Which import is it?"]);
        note.Actions.ShouldHaveSingleItem().Intent.ShouldBe(new ChatIntent.Answer(request, question.Id));
        Labels(Alice).ShouldBe(["Answer", "Remind approvers", "Cancel request"]);

        await AnswerAbout(request, question.Id, Alice, "The nightly one of the shop.");
        foreach (var approver in new[] { Bob, Carol })
            FactsOf(approver).ShouldBe([$"{Bob.Name} asks: Which import is it?", $"{Alice.Name} answers: The nightly one of the shop."]);
        Told(Bob, $"{Alice.Name} answers your question about {DatabaseName}").ShouldBe(1);
        Told(Carol, $"{Alice.Name} answers").ShouldBe(0);
        Labels(Alice).ShouldBe(["Remind approvers", "Cancel request"]);
        AuditLines.ShouldContain($"{Bob.Name} asks: \"Which import is it?\"");
        AuditLines.ShouldContain($"{Alice.Name} answers: \"The nightly one of the shop.\"");

        await Vote(request, Bob);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public async Task Only_those_who_decide_ask_and_nobody_about_their_own()
    {
        Directory.Add(ApproverGroup, Alice, Bob, Carol);
        var request = await Ask();
        await AskAbout(request, Mallory, "What is this?");
        await AskAbout(request, Alice, "What is this?");

        (await Load(request)).Questions.ShouldBeEmpty();
        Refused(Mallory).ShouldBe(Sentences.For(new Refusal.NotAnApprover()));
        Refused(Alice).ShouldBe(Sentences.For(new Refusal.OwnRequest()));
        Told(Alice, $"{Mallory.Name} has a question").ShouldBe(0);
    }

    [Fact]
    public async Task Only_whose_request_it_is_answers_and_the_first_answer_stands()
    {
        var request = await Ask();
        await AskAbout(request, Bob, "Why now?");
        var question = (await Load(request)).Questions.ShouldHaveSingleItem().Id;
        await AnswerAbout(request, question, Carol, "Because I say so.");
        Refused(Carol).ShouldBe(Sentences.For(new Refusal.NotYours()));

        await AnswerAbout(request, question, Alice, "The import failed.");
        await AnswerAbout(request, question, Alice, "No reason.");
        Refused(Alice).ShouldBe(Sentences.For(new Refusal.AlreadyAnswered(Alice)));
        (await Load(request)).Questions.ShouldHaveSingleItem().Answer.ShouldNotBeNull().Text.ShouldBe("The import failed.");
        Told(Bob, $"{Alice.Name} answers").ShouldBe(1);
    }

    [Fact]
    public async Task Asked_on_behalf_both_are_asked_and_the_one_it_is_for_may_answer()
    {
        var request = await FileFor(Mallory, Alice);
        await AskAbout(request, Bob, "For how long?");
        Told(Mallory, $"{Bob.Name} has a question").ShouldBe(1);
        Told(Alice, $"{Bob.Name} has a question").ShouldBe(1);

        await AnswerAbout(request, (await Load(request)).Questions[0].Id, Alice, "Until Friday.");
        (await Load(request)).Questions[0].Answer.ShouldNotBeNull().By.ShouldBe(Alice);
    }

    [Fact]
    public async Task By_calls_it_is_asked_and_answered_without_any_chat_account()
    {
        var request = await Ask();
        (await Judge<AskQuestion>(ask => ask.Judge(new Actor.Caller(Bob.Id), request, " Why now? ", Clock.GetUtcNow(), Ct))).ShouldBeOfType<Judgement.Done>();
        await Work();
        Told(Alice, $"{Bob.Name} has a question").ShouldBe(1);
        var question = (await Load(request)).Questions.ShouldHaveSingleItem();
        (question.Text, question.From).ShouldBe(("Why now?", null));

        (await Judge<AnswerQuestion>(answer => answer.Judge(new Actor.Caller(Alice.Id), request, KnownIds.Number(77), "x", Ct))).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.UnknownQuestion());
        (await Judge<AnswerQuestion>(answer => answer.Judge(new Actor.Caller(Alice.Id), request, question.Id, "The import failed.", Ct))).ShouldBeOfType<Judgement.Done>();
        await Work();
        Told(Bob, $"{Alice.Name} answers").ShouldBe(0);
        FactsOf(Bob).ShouldContain($"{Alice.Name} answers: The import failed.");
    }

    [Fact]
    public async Task A_question_that_cannot_be_checked_waits_and_keeps_no_decision_waiting()
    {
        var request = await Ask();
        DirectoryIsAway();
        await AskAbout(request, Bob, "Why now?");
        Told(Bob, $"{DatabaseName}: your question has to wait").ShouldBe(1);
        await Vote(request, Carol);
        await Work();
        (await Load(request)).Votes.ShouldHaveSingleItem("it is recorded though the question waits");
        (await Load(request)).Questions.ShouldBeEmpty();

        await Pass(Hours(25));
        Told(Bob, $"{DatabaseName}: your question has to wait").ShouldBe(2, "it was given up after a day, and that is said");
    }

    [Fact]
    public async Task A_question_that_had_to_wait_is_asked_once_when_Keycloak_is_back()
    {
        var request = await Ask();
        DirectoryIsAway();
        await AskAbout(request, Bob, "Why now?");
        DirectoryIsBack();
        await Pass(Minutes(5));

        (await Load(request)).Questions.ShouldHaveSingleItem();
        Told(Alice, $"{Bob.Name} has a question").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_decided_or_has_been_asked_often_enough_is_asked_about_no_more()
    {
        var request = await Ask();
        for (var number = 0; number < AccessRequest.MostQuestions; number++)
            await AskAbout(request, Bob, $"Question {number}?");
        await AskAbout(request, Bob, "One more?");
        Refused(Bob).ShouldBe(Sentences.For(new Refusal.EnoughAsked(AccessRequest.MostQuestions)));
        var open = (await Load(request)).Questions;
        open.Count.ShouldBe(AccessRequest.MostQuestions);

        await Vote(request, Carol);
        await Work();
        await AskAbout(request, Bob, "And now?");
        await AnswerAbout(request, open[0].Id, Alice, "Too late.");
        (await Load(request)).Questions.ShouldBe(open);
        Refused(Alice).ShouldBe(Sentences.For(new Refusal.AlreadyDecided("approved", Carol)));
        FactsOf(Carol).ShouldBe([.. open.TakeLast(5).Select(question => $"{Bob.Name} asks: {question.Text}")]);
    }

    [Fact]
    public async Task The_dialogs_say_what_is_asked_and_why_it_can_be_asked_or_answered_no_more()
    {
        var request = await Ask();
        (await Opens(new Command.OpenQuestionForm(AccountOf(Bob), "t1", request))).Submit.ShouldBe("Ask");
        await AskAbout(request, Bob, "Why now?");
        var question = (await Load(request)).Questions[0].Id;
        (await Opens(new Command.OpenAnswerForm(AccountOf(Alice), "t2", request, question))).Parts.OfType<FormPart.Words>().Select(words => words.Text)
            .ShouldBe([$"{Bob.Name} asks about {DatabaseName}:", "Why now?"]);

        await AnswerAbout(request, question, Alice, "The import failed.");
        Closed(await Opens(new Command.OpenAnswerForm(AccountOf(Alice), "t3", request, question))).ShouldBe(Sentences.For(new Refusal.AlreadyAnswered(Alice)));
        Closed(await Opens(new Command.OpenAnswerForm(AccountOf(Alice), "t4", request, KnownIds.Number(77)))).ShouldBe(Sentences.For(new Refusal.UnknownQuestion()));
        await Vote(request, Carol);
        await Work();
        Closed(await Opens(new Command.OpenQuestionForm(AccountOf(Bob), "t5", request))).ShouldBe(Sentences.For(new Refusal.AlreadyDecided("approved", Carol)));
    }

    [Theory, InlineData(CrashAt.AfterEach), InlineData(CrashAt.BeforeEach)]
    public async Task Invariant_7_it_is_asked_and_answered_once_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        var request = await Ask();
        await AskAbout(request, Bob, "Why now?");
        await Pass(Minutes(5));
        await AnswerAbout(request, (await Load(request)).Questions.ShouldHaveSingleItem().Id, Alice, "The import failed.");
        await Pass(Minutes(5));

        (await Load(request)).Questions.ShouldHaveSingleItem().Answer.ShouldNotBeNull();
        Told(Alice, $"{Bob.Name} has a question").ShouldBe(1);
        Told(Bob, $"{Alice.Name} answers").ShouldBe(1);
        AuditLines.Count(line => line.StartsWith($"{Bob.Name} asks:", StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task AskAbout(RequestId request, PersonRef by, string text)
    {
        await Press(new Command.AskQuestion(AccountOf(by), request, text), new Subject($"form:{KnownIds.Number(500 + (await Load(request)).Questions.Count)}"));
        await Work();
    }

    private async Task AnswerAbout(RequestId request, Guid question, PersonRef by, string text)
    {
        await Press(new Command.AnswerQuestion(AccountOf(by), request, question, text));
        await Work();
    }

    private async Task<RequestId> FileFor(PersonRef filer, PersonRef beneficiary)
    {
        var caller = new Caller(((Core.Reading<Person>.Known)await Directory.ReadPerson(filer.Id, Ct)).Value, "portal", MayFileForOthers: false);
        var wanted = new Wanted(caller, [new TargetName(Core.Directory.TargetKind.Group, DatabaseName)], null, [beneficiary.Id], null, "To repair the nightly import.", null, Emergency: false, Clock.GetUtcNow());
        var filed = (await Judge<FileRequests>(file => file.Judge(wanted, Ct))).ShouldBeOfType<Judgement.Done>().Changes.Filed.ShouldHaveSingleItem().Id;
        await Work();
        return filed;
    }

    private async Task<Judgement> Judge<T>(Func<T, Task<Judgement>> judge)
        where T : class => (await Workers.Call(provider => judge(provider.GetRequiredService<T>()), Ct)).ShouldNotBeNull();

    private IReadOnlyList<string> Labels(PersonRef person) => [.. Card(person).Actions.Select(action => action.Label)];

    /// <summary>What was asked and answered, as the copy shows it.</summary>
    private IReadOnlyList<string> FactsOf(PersonRef person) =>
    [
        .. Card(person).Facts.Where(fact => fact.Label.EndsWith(" asks", StringComparison.Ordinal) || fact.Label.EndsWith(" answers", StringComparison.Ordinal))
            .Select(fact => $"{fact.Label}: {((FactValue.Words)fact.Value).Text}"),
    ];

    /// <summary>The copy of the request; it is the first that they were sent.</summary>
    private ChatMessage Card(PersonRef person) => Chat.To(AccountOf(person))[0].Message;

    /// <summary>What the last note said that something was refused with.</summary>
    private string Refused(PersonRef person) => Chat.To(AccountOf(person)).Last(message => message.Message.Title.Contains("your ", StringComparison.Ordinal)).Message.Lines.ShouldHaveSingleItem();

    private async Task<ChatForm> Opens(Command command)
    {
        await Press(command);
        await Work();
        return Chat.Forms.Values.Last();
    }

    private static string Closed(ChatForm form)
    {
        form.Submit.ShouldBeNull();
        return form.Parts.ShouldHaveSingleItem().ShouldBeOfType<FormPart.Words>().Text;
    }
}

public sealed class SqliteAskingTests() : AskingTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlAskingTests() : AskingTests(DatabaseKind.PostgreSql);
