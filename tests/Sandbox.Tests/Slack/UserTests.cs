using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class UserTests : WorkspaceTest
{
    [Fact]
    public async Task Somebody_is_found_by_id_and_by_address()
    {
        (await Form("users.info", ("user", "U0000001")))["user"]!["profile"]!["email"]!.GetValue<string>().ShouldBe("alice@example.org");
        (await Form("users.lookupByEmail", ("email", "ALICE@example.org")))["user"]!["id"]!.GetValue<string>().ShouldBe("U0000001");
    }

    [Fact]
    public async Task Nobody_is_nobody()
    {
        (await Form("users.info", ("user", "U0404"))).Error().ShouldBe("user_not_found");
        (await Form("users.lookupByEmail", ("email", "nobody@example.org"))).Error().ShouldBe("users_not_found");
    }

    [Fact]
    public async Task A_deactivated_account_says_so_and_has_no_address_to_be_found_by()
    {
        Workspace.ChangePerson("U0000002", u => u with { IsDeleted = true });
        (await Form("users.info", ("user", "U0000002")))["user"]!["deleted"]!.GetValue<bool>().ShouldBeTrue();
        (await Form("users.lookupByEmail", ("email", "bob@example.org"))).Error().ShouldBe("users_not_found");
    }

    [Fact]
    public async Task A_stranger_of_a_shared_channel_has_their_own_workspace_and_no_address()
    {
        Workspace.AddPerson(new SlackUser { Id = "U9000001", Name = "sam", RealName = "Sam", TeamId = "T0000009", Email = "sam@example.net" });
        JsonNode user = (await Form("users.info", ("user", "U9000001")))["user"]!;
        user["team_id"]!.GetValue<string>().ShouldBe("T0000009");
        user["is_stranger"]!.GetValue<bool>().ShouldBeTrue();
        user["profile"]!["email"].ShouldBeNull();
        (await Form("users.lookupByEmail", ("email", "sam@example.net"))).Error().ShouldBe("users_not_found");
    }

    [Fact]
    public async Task Guests_are_restricted()
    {
        Workspace.ChangePerson("U0000001", u => u with { IsGuest = true });
        Workspace.ChangePerson("U0000002", u => u with { IsSingleChannelGuest = true });
        (await Form("users.info", ("user", "U0000001")))["user"]!["is_restricted"]!.GetValue<bool>().ShouldBeTrue();
        JsonNode single = (await Form("users.info", ("user", "U0000002")))["user"]!;
        single["is_restricted"]!.GetValue<bool>().ShouldBeTrue();
        single["is_ultra_restricted"]!.GetValue<bool>().ShouldBeTrue();
    }
}
