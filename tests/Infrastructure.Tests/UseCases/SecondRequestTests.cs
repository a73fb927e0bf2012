using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Two requests for the same.</summary>
public abstract class SecondRequestTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task A_second_request_for_the_same_is_refused_while_the_first_is_open()
    {
        var first = await Ask();
        var second = await Ask();

        (await StateOf<RequestState.Refused>(second)).Why.ShouldBe(new Refusal.AlreadyOpen(first));
        await StateOf<RequestState.Pending>(first);
    }

    [Fact]
    public async Task Two_requests_for_the_same_that_both_have_to_wait_do_not_stand_in_each_others_way()
    {
        Directory.Doubts = call => call == nameof(IDirectory.ReadTarget) ? Core.Doubt.Away : null;
        await Send();
        await Send();
        await Pass(Minutes(3));
        DirectoryIsBack();
        await Pass(Minutes(3));

        (await RequestsOf(Alice)).Select(request => request.State.Name).ShouldBe(["pending", "refused"], ignoreOrder: true);
    }
}

public sealed class SqliteSecondRequestTests() : SecondRequestTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlSecondRequestTests() : SecondRequestTests(DatabaseKind.PostgreSql);
