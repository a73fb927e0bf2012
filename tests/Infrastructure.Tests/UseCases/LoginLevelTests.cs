using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A decision of high risk asks for a login of a certain strength (<c>Login:Acr</c>).</summary>
public abstract class LoginLevelTests(DatabaseKind kind) : UseCaseTests(kind, login: new LoginAvailability(null, "gold"))
{
    [Theory, InlineData("silver"), InlineData("Gold"), InlineData("gold "), InlineData(""), InlineData(null)]
    public async Task A_login_of_another_level_confirms_nothing_and_a_stronger_one_still_can(string? level)
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();

        (await Confirm(level)).ShouldBe(new LoginDecision.Refused(LoginTrouble.TooWeak));
        await Work();
        await StateOf<RequestState.Pending>(request);
        Directory.ChangesSent.ShouldBe(0);
        AuditLines.Count(line => line.StartsWith("A login did not confirm the decision", StringComparison.Ordinal)).ShouldBe(1);

        (await Confirm("gold")).ShouldBeOfType<LoginDecision.Accepted>();
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public void Too_weak_a_login_is_told_what_to_do() => LoginSentences.For(LoginTrouble.TooWeak).ShouldContain("Try again with");

    private async Task<LoginDecision> Confirm(string? level)
    {
        var login = Chat.To(AccountOf(Bob)).SelectMany(said => said.Message.Actions).Select(action => action.Intent).OfType<ChatIntent.Confirm>().Last().Login;
        (await Workers.Browse(steps => steps.Begin(login, "browser", Ct))).ShouldBeOfType<LoginDecision.Accepted>();
        return (await Workers.Browse(steps => steps.Arrive(login, "browser", new DirectoryLogin(Bob.Id, Clock.GetUtcNow(), level), "", Ct))).ShouldNotBeNull();
    }
}

public sealed class SqliteLoginLevelTests() : LoginLevelTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlLoginLevelTests() : LoginLevelTests(DatabaseKind.PostgreSql);

/// <summary>Where nobody can log in, nothing of high risk is decided.</summary>
public sealed class NoLoginTests() : UseCaseTests(DatabaseKind.Sqlite, login: new LoginAvailability("PublicUrl is not set"))
{
    [Fact]
    public async Task A_high_risk_is_not_offered_and_the_reason_is_said()
    {
        Offer(("risk", "high"));
        var request = await Ask();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.Unusable>().Problems.ShouldHaveSingleItem()
            .ShouldContain("nobody can log in here: PublicUrl is not set");
        await Workers.Refresh(Ct);
        Workers.Catalog.Current.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_becomes_one_meanwhile_is_refused_at_the_vote()
    {
        var request = await Ask();
        Offer(("risk", "high"));
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.Unusable>();
        Directory.ChangesSent.ShouldBe(0);
    }

    [Theory, InlineData("low"), InlineData("medium")]
    public async Task A_lower_risk_is_decided_as_ever(string risk)
    {
        Offer(("risk", risk));
        await StateOf<RequestState.Approved>(await AskAndApprove());
    }
}
