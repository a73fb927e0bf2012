using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Instants as ticks (100 ns) since 0001-01-01 UTC: SQLite cannot compare anything richer.</summary>
internal sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
    at => at.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
