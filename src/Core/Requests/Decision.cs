namespace ChatGovernance.Core.Requests;

/// <summary>What a transition comes to.</summary>
public abstract record Decision
{
    private protected Decision()
    {
    }

    public sealed record Accepted(AccessRequest Request) : Decision;

    public sealed record Refused(Refusal Why) : Decision;
}
