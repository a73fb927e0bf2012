using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Another login policy for a client, as one administrator wants it and a second one has to confirm.</summary>
public sealed record LoginChange
{
    /// <summary>It waits for a second administrator for so long.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    /// <summary>One that was confirmed and could not be set until then is not set later: what it rests on is too old.</summary>
    public static readonly TimeSpan Tried = TimeSpan.FromHours(48);

    public required LoginChangeId Id { get; init; }

    /// <summary>The clientId.</summary>
    public required string Client { get; init; }

    /// <summary>What the client asked for when it was proposed.</summary>
    public required LoginRules Before { get; init; }

    public required LoginRules After { get; init; }

    public required PersonRef By { get; init; }

    /// <summary>The account that it was proposed from.</summary>
    public required ChatAccount From { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public LoginChangeState State { get; init; } = new LoginChangeState.Proposed();

    public bool IsOpen => State is LoginChangeState.Proposed or LoginChangeState.Confirmed;

    /// <summary>Nobody can confirm it, or it can be set, no more.</summary>
    public bool IsOver(DateTimeOffset now) => now >= ProposedAt + (State is LoginChangeState.Proposed ? Waits : Tried);
}

public abstract record LoginChangeState
{
    private protected LoginChangeState()
    {
    }

    public sealed record Proposed : LoginChangeState;

    /// <summary>The change may be out from now on.</summary>
    public sealed record Confirmed(PersonRef By) : LoginChangeState;

    /// <summary>The directory has it.</summary>
    public sealed record Made(PersonRef By) : LoginChangeState;

    /// <param name="By">The second administrator, or who proposed it.</param>
    public sealed record Rejected(PersonRef By) : LoginChangeState;

    /// <param name="Why">A sentence.</param>
    public sealed record Void(string Why) : LoginChangeState;
}

public readonly record struct LoginChangeId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    public static bool TryParse(string? text, out LoginChangeId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new LoginChangeId(value);
        return read;
    }
}

public interface ILoginChanges
{
    Task<Versioned<LoginChange>?> Load(LoginChangeId id, CancellationToken ct);

    /// <summary>All that are neither made, rejected nor void.</summary>
    Task<IReadOnlyList<Versioned<LoginChange>>> Open(CancellationToken ct);

    /// <summary>The one for this client that is neither made, rejected nor void; null: there is none.</summary>
    Task<Versioned<LoginChange>?> FindOpen(string client, CancellationToken ct);

    Task<KnownLoginPolicies> Known(CancellationToken ct);
}
