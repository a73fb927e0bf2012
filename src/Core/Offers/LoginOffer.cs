using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Offers;

/// <summary>What would let somebody in to a client that did not let them in, as they can ask for it.</summary>
public sealed record LoginOffer
{
    /// <summary>One person is made one offer per client in so long.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(24);

    /// <summary>Its message is kept up to date for so long.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    public required OfferId Id { get; init; }

    public required PersonRef Person { get; init; }

    /// <summary>The clientId.</summary>
    public required string Client { get; init; }

    public required string ClientName { get; init; }

    public required IReadOnlyList<LoginNeed> Needs { get; init; }

    /// <summary>Each lets them in by itself, the one that gives least first; none: nothing that they may ask for does.</summary>
    public required IReadOnlyList<WayIn> Ways { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public WayIn? Way(int number) => number >= 0 && number < Ways.Count ? Ways[number] : null;

    /// <summary>Whether another offer says the same.</summary>
    public bool IsSameAs(LoginOffer other) => Words(this) == Words(other);

    private static string Words(LoginOffer offer) => string.Join('\n',
    [
        offer.ClientName,
        .. offer.Needs.Select(need => string.Join('\t', need.Roles.Append("").Concat(need.Groups))),
        .. offer.Ways.Select(way => string.Join('\t', way.Targets.Select(target => $"{target.Target} {target.Name}"))),
    ]);
}

/// <summary>All of it together lets somebody in.</summary>
public sealed record WayIn(IReadOnlyList<OfferedTarget> Targets);

public sealed record OfferedTarget(TargetId Target, string Name);

public readonly record struct OfferId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    public static bool TryParse(string? text, out OfferId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new OfferId(value);
        return read;
    }
}
