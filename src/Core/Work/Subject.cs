using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

/// <summary>What a command, card, note or audit row is about: work about one subject is done in order of receipt.</summary>
public readonly record struct Subject(string Value)
{
    public static Subject Of(RequestId request) => new($"request:{request}");

    public static Subject Of(TargetId target) => new($"target:{target}");

    public static Subject Of(ChatAccount account) => new($"account:{account}");

    public static Subject Of(OfferId offer) => new($"offer:{offer}");

    public static Subject Of(LoginChangeId change) => new($"login-change:{change}");

    public static readonly Subject System = new("system");

    public bool IsRequest(out RequestId request)
    {
        request = default;
        return Value.StartsWith("request:", StringComparison.Ordinal) && RequestId.TryParse(Value["request:".Length..], out request);
    }

    public bool IsAccount => Value.StartsWith("account:", StringComparison.Ordinal);

    public bool IsOffer(out OfferId offer)
    {
        offer = default;
        return Value.StartsWith("offer:", StringComparison.Ordinal) && OfferId.TryParse(Value["offer:".Length..], out offer);
    }

    public bool IsLoginChange(out LoginChangeId change)
    {
        change = default;
        return Value.StartsWith("login-change:", StringComparison.Ordinal) && LoginChangeId.TryParse(Value["login-change:".Length..], out change);
    }

    public override string ToString() => Value;
}
