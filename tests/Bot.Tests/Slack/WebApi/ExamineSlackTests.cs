using ChatGovernance.Core.Health;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

/// <summary>What the doctor says of a workspace.</summary>
public abstract class ExamineSlackTests : SlackChatTest
{
    protected async Task<Check> Find(string name) => (await Examine()).Single(check => check.Name == name);

    protected async Task<IReadOnlyList<Check>> Examine() => await Bot.Examine("Slack");
}

public sealed class WellSlackTests : ExamineSlackTests
{
    protected override (string Key, string? Value)[] Settings => [("Slack:AppToken", Workspace.AppToken)];

    [Fact]
    public async Task A_workspace_that_is_set_up_as_documented_is_well()
    {
        var checks = await Examine();

        checks.Where(check => check.Result != CheckResult.Ok).ShouldBeEmpty();
        checks.Select(check => check.Name).ShouldBe(["token", "scopes", "audit channel", "Socket Mode"]);
    }

    [Fact]
    public async Task A_token_that_Slack_does_not_take_is_named_and_nothing_else_is_guessed()
    {
        Workspace.Faults.Refused("token_revoked", "auth.test");

        var check = (await Examine()).ShouldHaveSingleItem();
        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldContain("token_revoked");
    }
}

public sealed class ScopeTests : ExamineSlackTests
{
    protected override SlackWorkspaceOptions Options => new() { Time = Clock, Scopes = ["channels:read", "channels:history", "channels:join", "commands", "groups:history", "groups:read", "im:history", "im:write", "users:read", "admin"] };

    [Fact]
    public async Task A_scope_that_the_token_lacks_is_named_and_the_address_is_wanted_only_where_people_are_matched_by_it()
    {
        var check = await Find("scopes");

        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldBe("The token lacks chat:write.");
    }
}

public sealed class ExcessScopeTests : ExamineSlackTests
{
    protected override SlackWorkspaceOptions Options => new() { Time = Clock, Scopes = [.. new SlackWorkspaceOptions().Scopes, "files:read"] };

    [Fact]
    public async Task A_scope_that_the_bot_does_not_need_is_named()
    {
        var check = await Find("scopes");

        check.Result.ShouldBe(CheckResult.Warning);
        check.Sentence.ShouldContain("files:read");
    }
}

public sealed class MissingChannelTests : ExamineSlackTests
{
    protected override (string Key, string? Value)[] Settings => [("Slack:AuditChannel", "#nowhere")];

    [Fact]
    public async Task An_audit_channel_that_is_not_there_is_named()
    {
        var check = await Find("audit channel");

        check.Result.ShouldBe(CheckResult.Failed);
        check.Sentence.ShouldContain("#nowhere");
    }
}
