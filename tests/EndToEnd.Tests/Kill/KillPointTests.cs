namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>Around each commit.</summary>
public sealed class KilledAtCommitTests(KillDeployment deployment) : KillTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Commits);

    [Theory, MemberData(nameof(Moments))]
    public Task A_commit_that_a_killed_bot_made_or_did_not_make_is_made_once(string moment, bool beside) =>
        IsKilled(KillPoint.Commits.Single(point => point.Name == moment), beside);
}

/// <summary>Around each change in Keycloak.</summary>
public sealed class KilledAtChangeTests(KillDeployment deployment) : KillTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Changes);

    [Theory, MemberData(nameof(Moments))]
    public Task A_change_that_a_killed_bot_sent_or_did_not_send_is_in_Keycloak_once_read_back(string moment, bool beside) =>
        IsKilled(KillPoint.Changes.Single(point => point.Name == moment), beside);
}

/// <summary>Around each message.</summary>
public sealed class KilledAtMessageTests(KillDeployment deployment) : KillTests(deployment)
{
    public static TheoryData<string, bool> Moments => Each(KillPoint.Messages);

    [Theory, MemberData(nameof(Moments))]
    public Task A_message_that_a_killed_bot_posted_or_did_not_post_is_there_once(string moment, bool beside) =>
        IsKilled(KillPoint.Messages.Single(point => point.Name == moment), beside);
}
