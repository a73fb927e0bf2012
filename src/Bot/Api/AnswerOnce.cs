using System.Diagnostics;
using System.Security.Cryptography;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Api;

/// <summary>
/// Does what a call asks for and stores its answer in the same transaction, so that a repeat under the same key is told the same and does
/// nothing: a crash before the commit leaves nothing, one after it leaves both.
/// </summary>
internal sealed class AnswerOnce(IReplies replies, ICommits commits, IInbox inbox, TimeProvider time)
{
    private const int Tries = 8;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(50);

    /// <param name="about">Commands about it that came by another way, and before, are waited for; null: it is new.</param>
    /// <param name="judge">What it comes to, from stored state and fresh facts; asked again where somebody else has saved meanwhile.</param>
    /// <param name="tell">The answer once these are saved.</param>
    public async Task<Answer> Run(Call call, Subject? about, Func<CancellationToken, Task<Verdict>> judge, Func<Changes, Answer> tell, CancellationToken ct)
    {
        if (about is { } subject && !await IsItsTurn(subject, ct))
            return Problems.Busy();

        for (var tries = 0; tries < Tries; tries++)
        {
            if (call.Key is not null && await replies.Find(call.Key, time.GetUtcNow() - Reply.Kept, ct) is { } stored)
                return CryptographicOperations.FixedTimeEquals(stored.Call, call.Digest) ? Answer.Read(stored.Answer) : Problems.OtherCall();

            var (changes, answer) = await judge(ct) switch
            {
                Verdict.Told told => (null, told.Answer),
                Verdict.Of { Judgement: Judgement.Done done } when call.IfMatch is { } version && VersionOf(done.Changes) is { } now && now != version => (null, Problems.ChangedMeanwhile()),
                Verdict.Of { Judgement: Judgement.Done done } => (done.Changes, tell(done.Changes)),
                Verdict.Of { Judgement: Judgement.Refused refused } => (refused.Besides, Problems.For(refused.Why)),
                Verdict.Of { Judgement: Judgement.NotNow notNow } => (null, Problems.For(notNow.Why)),
                _ => throw new UnreachableException(),
            };
            if (changes is null)
                return answer;
            if (call.Key is { } key && answer.IsFinal)
                changes = changes with { Reply = new Reply(key, call.Digest, answer.Write(), time.GetUtcNow()) };
            if (await commits.Commit(changes, ct) == CommitResult.Saved)
                return answer;
        }

        return Problems.Busy();
    }

    /// <summary>Of what is changed, as it was when it was read; null: something new is made.</summary>
    private static long? VersionOf(Changes changes) => changes.Request?.Version ?? changes.Entitlement?.Version;

    /// <summary>Two commands about one subject take effect in the order in which they were received.</summary>
    private async Task<bool> IsItsTurn(Subject subject, CancellationToken ct)
    {
        for (var until = time.GetUtcNow() + patience; await inbox.Waits(subject, ct);)
        {
            if (time.GetUtcNow() >= until)
                return false;
            await Task.Delay(glance, time, ct);
        }

        return true;
    }
}

/// <summary>What a call comes to.</summary>
internal abstract record Verdict
{
    private protected Verdict()
    {
    }

    public sealed record Of(Judgement Judgement) : Verdict;

    /// <summary>It never came to a use case, or depends on what may be otherwise the next time: not stored.</summary>
    public sealed record Told(Answer Answer) : Verdict;

    public static implicit operator Verdict(Judgement judgement) => FromJudgement(judgement);

    public static Verdict FromJudgement(Judgement judgement) => new Of(judgement);
}
