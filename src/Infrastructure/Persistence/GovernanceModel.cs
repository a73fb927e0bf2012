using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Tables, keys and indexes. What is done is in no index that work goes by.</summary>
internal static class GovernanceModel
{
    private const string Due = "due_at IS NOT NULL";

    public static void Build(ModelBuilder model)
    {
        model.Entity<InboxRow>(Inbox);
        model.Entity<RequestRow>(Requests);
        model.Entity<VoteRow>(Votes);
        model.Entity<EntitlementRow>(Entitlements);
        model.Entity<TenureRow>(Tenures);
        model.Entity<GrantRow>(Grants);
        model.Entity<CardRow>(Cards);
        model.Entity<NoteRow>(Notes);
        model.Entity<MatchRow>(Matches);
        model.Entity<LinkRow>(Links);
        model.Entity<LoginRow>(Logins);
        model.Entity<OfferRow>(Offers);
        model.Entity<LoginChangeRow>(LoginChanges);
        model.Entity<ReplyRow>(Replies);
        model.Entity<WebhookEventRow>(WebhookEvents);
        model.Entity<ConversationRow>(Conversations);
        model.Entity<AuditLineRow>(Audit);
        model.Entity<AuditTextRow>(AuditText);
        model.Entity<AuditHeadRow>(AuditHead);
        model.Entity<DeploymentRow>(Deployment);
        model.Entity<CatalogRow>(Catalog);

        foreach (var property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
            property.SetColumnName(SnakeCase.Of(property.Name));
    }

    private static void Inbox(EntityTypeBuilder<InboxRow> inbox)
    {
        inbox.ToTable("inbox").HasKey(row => row.Id);
        inbox.HasIndex(row => row.Key).IsUnique().HasDatabaseName("inbox_key");
        inbox.HasIndex(row => new { row.Subject, row.Id }).HasFilter(Due).HasDatabaseName("inbox_waiting");
        Work(inbox, "inbox");
    }

    private static void Requests(EntityTypeBuilder<RequestRow> requests)
    {
        requests.ToTable("requests").HasKey(row => row.Id);
        requests.Property(row => row.Version).IsConcurrencyToken();
        requests.HasIndex(row => new { row.Beneficiary, row.Target }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("requests_one_open");
        requests.HasIndex(row => row.State).HasFilter("closed_at IS NULL").HasDatabaseName("requests_open");
        requests.HasIndex(row => new { row.Beneficiary, row.ReceivedAt }).HasDatabaseName("requests_beneficiary");
        requests.HasIndex(row => new { row.Filer, row.ReceivedAt }).HasDatabaseName("requests_filer");
        requests.HasIndex(row => new { row.FilerAccount, row.ReceivedAt }).HasDatabaseName("requests_filer_account");
        requests.HasIndex(row => new { row.Target, row.ReceivedAt }).HasDatabaseName("requests_target");
        requests.HasMany(row => row.Votes).WithOne().HasForeignKey(row => row.RequestId).OnDelete(DeleteBehavior.Cascade);
        Work(requests, "requests");
    }

    private static void Votes(EntityTypeBuilder<VoteRow> votes)
    {
        votes.ToTable("votes").HasKey(row => row.Id);
        votes.HasIndex(row => new { row.RequestId, row.Ordinal }).IsUnique().HasDatabaseName("votes_request");
    }

    private static void Entitlements(EntityTypeBuilder<EntitlementRow> entitlements)
    {
        entitlements.ToTable("entitlements").HasKey(row => row.Id);
        entitlements.Property(row => row.Version).IsConcurrencyToken();
        entitlements.HasIndex(row => new { row.Person, row.Target }).IsUnique().HasDatabaseName("entitlements_person_target");
        entitlements.HasIndex(row => row.Target).HasDatabaseName("entitlements_target");
        entitlements.HasMany(row => row.Grants).WithOne(row => row.Entitlement).HasForeignKey(row => row.EntitlementId).OnDelete(DeleteBehavior.Restrict);
        entitlements.HasMany(row => row.Tenures).WithOne().HasForeignKey(row => row.EntitlementId).OnDelete(DeleteBehavior.Restrict);
        Work(entitlements, "entitlements");
    }

    private static void Tenures(EntityTypeBuilder<TenureRow> tenures)
    {
        tenures.ToTable("tenures").HasKey(row => row.Id);
        tenures.HasIndex(row => row.EntitlementId).HasDatabaseName("tenures_entitlement");
        tenures.HasIndex(row => row.EntitlementId, "tenures_one_open").IsUnique().HasFilter("closed_at IS NULL");
    }

    private static void Grants(EntityTypeBuilder<GrantRow> grants)
    {
        const string notOver = "over_at IS NULL";
        grants.ToTable("grants").HasKey(row => row.Id);
        grants.HasIndex(row => new { row.EntitlementId, row.Ordinal }).IsUnique().HasDatabaseName("grants_entitlement");
        grants.HasIndex(row => row.EntitlementId).HasFilter(notOver).HasDatabaseName("grants_not_over");
        grants.HasIndex(row => row.EndsAt).HasFilter(notOver).HasDatabaseName("grants_ends");
        grants.HasIndex(row => row.RemindAt).HasFilter(notOver).HasDatabaseName("grants_remind");
        grants.HasIndex(row => row.CheckAt).HasFilter(notOver).HasDatabaseName("grants_check");
        grants.HasIndex(row => row.RequestId).HasDatabaseName("grants_request");
    }

    private static void Cards(EntityTypeBuilder<CardRow> cards)
    {
        cards.ToTable("cards").HasKey(row => row.Id);
        cards.HasIndex(row => new { row.Subject, row.Audience, row.Purpose }).IsUnique().HasDatabaseName("cards_key");
        cards.HasIndex(row => row.Audience).HasFilter("purpose = 'Offer' AND dead IS NULL").HasDatabaseName("cards_offers");
        cards.HasIndex(row => row.Message).HasFilter("message IS NOT NULL").HasDatabaseName("cards_message");
        cards.HasIndex(row => row.Audience, "cards_given_up").HasFilter("dead IS NOT NULL");
        Work(cards, "cards");
    }

    private static void Notes(EntityTypeBuilder<NoteRow> notes)
    {
        notes.ToTable("notes").HasKey(row => row.Id);
        notes.HasIndex(row => row.Key).IsUnique().HasDatabaseName("notes_key");
        notes.HasIndex(row => new { row.Audience, row.Thread, row.Id }).HasFilter(Due).HasDatabaseName("notes_waiting");
        Work(notes, "notes");
    }

    private static void Matches(EntityTypeBuilder<MatchRow> matches)
    {
        matches.ToTable("matches").HasKey(row => new { row.Account, row.Person });
        matches.HasIndex(row => row.Person).HasDatabaseName("matches_person");
    }

    private static void Links(EntityTypeBuilder<LinkRow> links)
    {
        const string stands = "ended_at IS NULL";
        links.ToTable("links").HasKey(row => row.Id);
        links.HasIndex(row => row.Account).IsUnique().HasFilter(stands).HasDatabaseName("links_one_of_account");
        links.HasIndex(row => new { row.Person, row.Place }).IsUnique().HasFilter(stands).HasDatabaseName("links_one_of_person");
        links.HasIndex(row => row.Username).HasFilter(stands).HasDatabaseName("links_username");
        links.HasIndex(row => row.At).HasFilter(stands).HasDatabaseName("links_at");
    }

    private static void Logins(EntityTypeBuilder<LoginRow> logins)
    {
        logins.ToTable("logins").HasKey(row => row.Id);
        logins.Property(row => row.Version).IsConcurrencyToken();
        logins.HasIndex(row => row.Account).IsUnique().HasFilter("closed_at IS NULL AND purpose = 'link'").HasDatabaseName("logins_one_link");
    }

    private static void Offers(EntityTypeBuilder<OfferRow> offers)
    {
        offers.ToTable("offers").HasKey(row => new { row.Person, row.Client });
        offers.Property(row => row.Id).IsRequired();
        offers.Property(row => row.Version).IsConcurrencyToken();
        offers.HasIndex(row => row.Id).IsUnique().HasDatabaseName("offers_id");
    }

    private static void LoginChanges(EntityTypeBuilder<LoginChangeRow> changes)
    {
        changes.ToTable("login_changes").HasKey(row => row.Id);
        changes.Property(row => row.Version).IsConcurrencyToken();
        changes.HasIndex(row => row.Client).IsUnique().HasFilter("is_open").HasDatabaseName("login_changes_one_open");
    }

    private static void Replies(EntityTypeBuilder<ReplyRow> replies)
    {
        replies.ToTable("replies").HasKey(row => row.Key);
        replies.HasIndex(row => row.At).HasDatabaseName("replies_at");
    }

    private static void WebhookEvents(EntityTypeBuilder<WebhookEventRow> events)
    {
        events.ToTable("webhook_events").HasKey(row => row.Id);
        events.HasIndex(row => new { row.Target, row.Subject, row.Id }).HasFilter(Due).HasDatabaseName("webhook_events_waiting");
        events.HasIndex(row => row.DiedAt).HasFilter("died_at IS NOT NULL").HasDatabaseName("webhook_events_died");
        Work(events, "webhook_events");
    }

    private static void Conversations(EntityTypeBuilder<ConversationRow> conversations)
    {
        conversations.ToTable("conversations").HasKey(row => row.Id);
        conversations.HasIndex(row => new { row.Account, row.SeenAt }).HasFilter("account IS NOT NULL").HasDatabaseName("conversations_account");
        conversations.HasIndex(row => row.Address).HasFilter("address IS NOT NULL").HasDatabaseName("conversations_address");
        conversations.HasIndex(row => row.SeenAt).HasDatabaseName("conversations_seen_at");
    }

    private static void Audit(EntityTypeBuilder<AuditLineRow> audit)
    {
        audit.ToTable("audit").HasKey(row => row.Number);
        audit.Property(row => row.Number).ValueGeneratedNever();
        audit.HasIndex(row => new { row.Subject, row.Number }).HasDatabaseName("audit_subject");
        audit.HasIndex(row => row.At).HasDatabaseName("audit_at");
    }

    private static void AuditText(EntityTypeBuilder<AuditTextRow> text) =>
        text.ToTable("audit_text").HasKey(row => new { row.Number, row.Field });

    private static void AuditHead(EntityTypeBuilder<AuditHeadRow> head)
    {
        head.ToTable("audit_head").HasKey(row => row.Id);
        head.Property(row => row.Id).ValueGeneratedNever();
        head.HasData(new AuditHeadRow { Id = AuditHeadRow.OnlyId, Number = 0, Hash = new byte[32] });
    }

    private static void Deployment(EntityTypeBuilder<DeploymentRow> deployment) =>
        deployment.ToTable("deployment").HasKey(row => row.Key);

    private static void Catalog(EntityTypeBuilder<CatalogRow> catalog)
    {
        catalog.ToTable("catalog").HasKey(row => row.Id);
        catalog.Property(row => row.Id).ValueGeneratedNever();
    }

    private static void Work<T>(EntityTypeBuilder<T> rows, string table)
        where T : class, IWorkRow
    {
        rows.HasIndex(row => row.DueAt).HasFilter(Due).HasDatabaseName($"{table}_due");
        rows.HasIndex(row => row.LeasedUntil).HasFilter("leased_until IS NOT NULL").HasDatabaseName($"{table}_leased");
    }
}
