using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using FsCheck;
using FsCheck.Fluent;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// Whole lives by chance: people ask, vote, cancel, extend, give back and revoke; administrators give and take by hand; the directory
/// is away, answers get lost, the process dies. What must hold whatever comes is looked at after every step.
/// </summary>
public sealed class LifePropertiesTests
{
    private const int Lives = 40;
    private const int FullLives = 1000;

    [Fact]
    public void Whatever_happens_what_people_hold_is_explained_by_grants_and_by_what_others_gave() =>
        Prop.ForAll(Gen.Choose(0, 100_000).ArrayOf().ToArbitrary(), steps =>
        {
            Life.Play(steps).GetAwaiter().GetResult();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("SCALE") == "full" ? FullLives : Lives).WithEndSize(30));

    private sealed class Life() : UseCaseTests(DatabaseKind.Sqlite)
    {
        private static readonly PersonRef[] everybody = [Alice, Bob, Carol, Mallory];

        /// <summary>Who holds it by somebody else's hand, as far as that can be told from what Keycloak shows.</summary>
        private readonly HashSet<PersonId> byOthers = [];

        /// <summary>From whom somebody else took it while a grant was live; forgotten once the grant is over.</summary>
        private readonly HashSet<PersonId> takenByOthers = [];

        private bool away;

        public static async Task Play(int[] steps)
        {
            await using var life = new Life();
            await life.InitializeAsync();
            foreach (var step in steps)
            {
                await life.Step(step);
                await life.Look();
            }

            await life.End();
        }

        private async Task Step(int number)
        {
            var (what, person, other) = (number % 14, everybody[number / 14 % 4], everybody[number / 56 % 4]);
            switch (what)
            {
                case 0 or 1:
                    await Send(number / 56 % 2 == 0 ? "1h" : "8h", person);
                    break;
                case 2 or 3:
                    foreach (var request in await Open(other))
                        await Vote(request, person);
                    break;
                case 4:
                    foreach (var request in await Open(other))
                        await Vote(request, person, Choice.Deny, "No.");
                    break;
                case 5:
                    foreach (var request in await Open(person))
                        await Press(new Command.CancelRequest(AccountOf(person), request));
                    break;
                case 6:
                    foreach (var request in await Approved(other))
                        await Press(Extension(request, person));
                    break;
                case 7:
                    foreach (var request in await Approved(person))
                        await Press(new Command.ReturnGrant(AccountOf(person), request));
                    break;
                case 8:
                    foreach (var request in await Approved(other))
                        await Press(new Command.RevokeGrant(AccountOf(person), request));
                    break;
                case 9:
                    await Settle();
                    GiveByHand(person);
                    break;
                case 10:
                    await Settle();
                    TakeByHand(person);
                    break;
                case 11:
                    away = !away;
                    Directory.Doubts = _ => away ? Core.Doubt.Away : null;
                    // Each try in vain would be another commit to die at.
                    Commits.At = CrashAt.Nowhere;
                    break;
                case 12 when !away:
                    Commits.At = (CrashAt)(number / 14 % 3);
                    Directory.Fate = number / 42 % 2 == 0 ? ChangeFate.Made : ChangeFate.AnswerLost;
                    break;
                default:
                    await Pass(Minutes(30 * (1 + (number / 14 % 10))));
                    break;
            }

            await Work();
        }

        private async Task Look()
        {
            var now = Clock.GetUtcNow();
            foreach (var person in everybody)
            {
                foreach (var request in await RequestsOf(person))
                {
                    if (request.State is RequestState.Approved { By: { } by })
                        by.Id.ShouldNotBe(request.Beneficiary!.Id, "Nobody decides on their own request.");
                    request.Votes.Select(vote => vote.State).OfType<VoteState.Counted>().ShouldNotContain(counted => counted.By.Id == person.Id, "Nobody's own vote counts.");
                }

                var grants = (await Store.Entitlements.Find(person.Id, Database, Ct))?.Value.Grants ?? [];
                grants.Count(grant => grant.State is GrantState.Active active && active.EndsAt <= now).ShouldBe(0, "No time that is left is negative.");
                if (!grants.Any(grant => grant.State.IsLive))
                    takenByOthers.Remove(person.Id);
                if (grants.Any(grant => grant.State is GrantState.Active) && !takenByOthers.Contains(person.Id))
                    Directory.Has(person, Database).ShouldBeTrue($"{person.Name} has a live grant.");
            }
        }

        /// <summary>Everything is over: what is left is what others gave, all of it.</summary>
        private async Task End()
        {
            await Settle();
            await Pass(Days(40));
            await Look();
            foreach (var person in everybody)
            {
                ((await Store.Entitlements.Find(person.Id, Database, Ct))?.Value.Grants ?? []).ShouldAllBe(grant => grant.State.IsOver);
                Directory.Has(person, Database).ShouldBe(byOthers.Contains(person.Id), $"{person.Name}: what is held is what others gave.");
            }
        }

        /// <summary>Nothing is under way: what a hand does next is seen as what it is.</summary>
        private async Task Settle()
        {
            (away, Directory.Doubts, Directory.Fate, Commits.At) = (false, _ => null, ChangeFate.Made, CrashAt.Nowhere);
            await Pass(Minutes(30));
        }

        private void GiveByHand(PersonRef person)
        {
            // Whoever has it already gets no event: nothing says that somebody gave it again.
            if (!Directory.Has(person, Database))
                byOthers.Add(person.Id);
            Directory.GiveOutside(person, Database);
        }

        private void TakeByHand(PersonRef person)
        {
            if (Directory.Has(person, Database))
                takenByOthers.Add(person.Id);
            byOthers.Remove(person.Id);
            Directory.TakeOutside(person, Database);
        }

        private async Task<IReadOnlyList<RequestId>> Open(PersonRef person) => [.. (await RequestsOf(person)).Where(request => request.State.IsOpen).Select(request => request.Id)];

        private async Task<IReadOnlyList<RequestId>> Approved(PersonRef person) => [.. (await RequestsOf(person)).Where(request => request.State is RequestState.Approved).Select(request => request.Id)];

        private Command.SubmitExtension Extension(RequestId request, PersonRef by) => new(
            AccountOf(by),
            new FormId(KnownIds.Number(++forms)),
            request,
            new FormInput(new Dictionary<string, string> { [Fields.Duration] = "2h", [Fields.Justification] = "The import is not repaired yet." }));

        private int forms = 1000;
    }
}
