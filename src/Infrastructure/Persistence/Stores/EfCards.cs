using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfCards(IDbContextFactory<GovernanceContext> contexts) : ICards
{
    public async Task<Card?> Load(long id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.Cards.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct))?.ToCard();
    }

    public async Task<Card?> Find(CardKey key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Cards.AsNoTracking().SingleOrDefaultAsync(
            card => card.Subject == key.Subject.Value && card.Audience == key.Audience.ToString() && card.Purpose == key.Purpose,
            ct);
        return row?.ToCard();
    }

    public async Task<Card?> At(ChatPlace place, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Cards.AsNoTracking().Where(card => card.Message == place.Message && card.Conversation == place.Conversation).OrderBy(card => card.Id).FirstOrDefaultAsync(ct);
        return row?.ToCard();
    }

    public async Task<IReadOnlyList<Card>> GivenUp(Audience audience, int max, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = audience.ToString();
        var rows = await db.Cards.AsNoTracking().Where(card => card.Audience == written && card.Dead != null).OrderByDescending(card => card.Id).Take(max).ToListAsync(ct);
        return [.. rows.Select(row => row.ToCard()).Reverse()];
    }

    public async Task<IReadOnlyList<Audience>> AudiencesOf(Subject subject, CardPurpose purpose, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var audiences = await db.Cards.Where(card => card.Subject == subject.Value && card.Purpose == purpose)
            .OrderBy(card => card.Id).Select(card => card.Audience).ToListAsync(ct);
        return [.. audiences.Select(Audience.Parse)];
    }
}
