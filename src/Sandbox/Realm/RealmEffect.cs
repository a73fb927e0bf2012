namespace ChatGovernance.Sandbox.Realm;

internal abstract record RealmEffect
{
    private RealmEffect()
    {
    }

    public sealed record Answer(int Status, string Body, string ContentType, TimeSpan? RetryAfter) : RealmEffect;

    public sealed record Delay(TimeSpan By) : RealmEffect;

    public sealed record Drop : RealmEffect;

    public sealed record Truncate : RealmEffect;

    public sealed record Hold(RealmHold Held) : RealmEffect;
}
