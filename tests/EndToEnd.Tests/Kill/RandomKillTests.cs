using ChatGovernance.Sandbox.Hosting;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>Three replicas on one database, any of them killed at any time and replaced, while people ask, decide and lose their access again.</summary>
[Collection(Alone.Name)]
public sealed class RandomKillTests(ShortestLeaseDeployment deployment) : KillTests(deployment), IClassFixture<ShortestLeaseDeployment>
{
    private const int Replicas = 3;

    /// <summary>Whoever takes up what a killed one had begun may be killed, too.</summary>
    protected override TimeSpan UntilRecovered => TimeSpan.FromMinutes(10);

    private static int Kills => FullScale ? 200 : 4;

    [Fact]
    public async Task Replicas_that_are_killed_at_random_times_lose_nothing_and_say_nothing_twice()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        var aftermath = new Aftermath(Deployment);
        var replicas = new List<BotProcess> { Deployment.Bot };
        try
        {
            while (replicas.Count < Replicas)
                replicas.Add(await StartAnother());
            using var enough = new CancellationTokenSource();
            var lives = People.Select(person => Lives(person, aftermath, enough.Token)).ToList();
            for (var killed = 0; killed < Kills; killed++)
            {
                foreach (var life in lives.Where(life => life.IsCompleted))
                    await life; // it has failed: nothing that follows says more
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 3000)), TimeProvider.System, Ct);
                var which = random.Next(replicas.Count);
                await replicas[which].Kill();
                await replicas[which].DisposeAsync();
                replicas[which] = await StartAnother();
            }

            await enough.CancelAsync();
            var played = (await Task.WhenAll(lives)).SelectMany(life => life).ToList();
            TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {played.Count} requests from the question to the end.");
            await aftermath.IsClean(Ct, played.GroupBy(story => (story.Requester.Id, story.Target)).Max(same => same.Count()));
        }
        finally
        {
            foreach (var replica in replicas)
                await replica.DisposeAsync();
        }
    }

    /// <summary>
    /// One request after another, each to its end and into the audit channel, until it is enough: the channel takes a message a
    /// second, and what five people do without a pause is more.
    /// </summary>
    private async Task<IReadOnlyList<Story>> Lives(string person, Aftermath aftermath, CancellationToken enough)
    {
        var played = new List<Story>();
        do
        {
            var story = await StoryOf(person, played.Count);
            await WentWell(story, await Play(story, Ct), aftermath);
            played.Add(story);
        }
        while (!enough.IsCancellationRequested);
        return played;
    }

    private async Task<BotProcess> StartAnother()
    {
        await Deployment.StartAnother(Ct);
        return Deployment.Bot;
    }
}
