using System.Data;
using System.Data.Common;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>The one schema. What the databases do differently is abstract here and nowhere else.</summary>
internal abstract class GovernanceContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<RequestRow> Requests => Set<RequestRow>();

    public DbSet<VoteRow> Votes => Set<VoteRow>();

    public DbSet<EntitlementRow> Entitlements => Set<EntitlementRow>();

    public DbSet<TenureRow> Tenures => Set<TenureRow>();

    public DbSet<GrantRow> Grants => Set<GrantRow>();

    public DbSet<CardRow> Cards => Set<CardRow>();

    public DbSet<NoteRow> Notes => Set<NoteRow>();

    public DbSet<MatchRow> Matches => Set<MatchRow>();

    public DbSet<LinkRow> Links => Set<LinkRow>();

    public DbSet<LoginRow> Logins => Set<LoginRow>();

    public DbSet<OfferRow> Offers => Set<OfferRow>();

    public DbSet<LoginChangeRow> LoginChanges => Set<LoginChangeRow>();

    public DbSet<ReplyRow> Replies => Set<ReplyRow>();

    public DbSet<WebhookEventRow> WebhookEvents => Set<WebhookEventRow>();

    public DbSet<ConversationRow> Conversations => Set<ConversationRow>();

    public DbSet<AuditLineRow> Audit => Set<AuditLineRow>();

    public DbSet<AuditTextRow> AuditText => Set<AuditTextRow>();

    public DbSet<AuditHeadRow> AuditHead => Set<AuditHeadRow>();

    public DbSet<DeploymentRow> Deployment => Set<DeploymentRow>();

    public DbSet<CatalogRow> Catalog => Set<CatalogRow>();

    /// <summary>At the end of a <c>SELECT</c>: keeps others from changing its rows until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The same, passing over rows that somebody else keeps.</summary>
    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>A transaction that writes.</summary>
    public Task<IDbContextTransaction> BeginWrite(CancellationToken ct) => Database.BeginTransactionAsync(WriteIsolation, ct);

    /// <summary>A transaction that reads one and the same state of the database however long it takes, and blocks no writer.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshot(CancellationToken ct);

    /// <summary>The database's clock; null where it is this machine's own.</summary>
    public abstract Task<DateTimeOffset?> ReadClock(CancellationToken ct);

    /// <summary>Something unique was there already.</summary>
    public abstract bool IsUniqueViolation(DbException exception);

    /// <summary>The transaction was undone because another one stood in its way; the same again may succeed.</summary>
    public abstract bool IsWorthAnotherTry(DbException exception);

    protected abstract IsolationLevel WriteIsolation { get; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Choice>().HaveConversion<string>();
        configurationBuilder.Properties<CardPurpose>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => GovernanceModel.Build(modelBuilder);
}
