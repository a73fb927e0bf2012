using ChatGovernance.Core.Offers;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>What nobody searches offers by.</summary>
internal sealed record OfferDocument(string PersonName, string ClientName, IReadOnlyList<LoginNeed> Needs, IReadOnlyList<WayIn> Ways);
