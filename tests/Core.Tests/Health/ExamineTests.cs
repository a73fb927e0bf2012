using ChatGovernance.Core.Health;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Core.Tests.Health;

public sealed class ExamineTests
{
    private static readonly Check fine = Check.Ok("x", "It is fine.");

    private readonly ManualClock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_that_throws_is_not_known_and_hides_no_other()
    {
        var diagnosis = await Run(new Part("a", () => throw new InvalidOperationException("secret")), new Part("b", () => Task.FromResult<IReadOnlyList<Check>>([fine])));

        diagnosis.Parts.Select(part => part.Part).ShouldBe(["a", "b"]);
        var check = diagnosis.Parts[0].Checks.ShouldHaveSingleItem();
        check.Result.ShouldBe(CheckResult.Unknown);
        check.Sentence.ShouldBe("It could not be looked at (InvalidOperationException).");
        diagnosis.Parts[1].Checks.ShouldBe([fine]);
        diagnosis.IsIll.ShouldBeFalse();
    }

    [Fact]
    public async Task A_part_that_takes_too_long_is_not_known()
    {
        var never = new TaskCompletionSource<IReadOnlyList<Check>>();
        var running = Run(new Part("a", () => never.Task));
        clock.Advance(TimeSpan.FromMinutes(1));

        (await running).Checks.ShouldHaveSingleItem().Result.ShouldBe(CheckResult.Unknown);
    }

    [Fact]
    public async Task One_failure_makes_it_ill()
    {
        (await Run(new Part("a", () => Task.FromResult<IReadOnlyList<Check>>([fine, Check.Failed("y", "It is not.", "Mend it.")])))).IsIll.ShouldBeTrue();
        (await Run(new Part("a", () => Task.FromResult<IReadOnlyList<Check>>([Check.Warning("y", "It could be better.", "Mend it.")])))).IsIll.ShouldBeFalse();
    }

    private Task<Diagnosis> Run(params IExaminer[] examiners) => new Examine(examiners, clock).Run(Ct);

    private sealed class Part(string name, Func<Task<IReadOnlyList<Check>>> examine) : IExaminer
    {
        string IExaminer.Part => name;

        public Task<IReadOnlyList<Check>> Examine(CancellationToken ct) => examine();
    }
}
