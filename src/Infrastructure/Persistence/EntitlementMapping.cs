using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class EntitlementMapping
{
    /// <summary>The row with its grants that are not over and its open tenure.</summary>
    public static Entitlement ToEntitlement(this EntitlementRow row) => new()
    {
        Id = new EntitlementId(RowIds.ReadGuid(row.Id)),
        Person = new PersonRef(new PersonId(row.Person), row.PersonName),
        Target = TextConverters.ReadTarget(row.Target),
        TargetName = row.TargetName,
        Tenure = row.Tenures.Where(tenure => tenure.ClosedAt is null).Select(ToTenure).SingleOrDefault(),
        Grants = [.. row.Grants.OrderBy(grant => grant.Ordinal).Select(ToGrant)],
        EmergencyDeniedAt = row.EmergencyDeniedAt,
        Retry = row.ToRetry(),
    };

    /// <summary>Its entitlement must be loaded with it.</summary>
    public static HeldGrant ToHeld(this GrantRow row) => new(row.Entitlement!.TargetName, row.ToGrant(), row.Entitlement.ToRetry());

    public static Grant ToGrant(this GrantRow row)
    {
        var document = Documents.Read<GrantDocument>(row.Document);
        return new Grant
        {
            Id = new GrantId(RowIds.ReadGuid(row.Id)),
            Request = RowIds.ReadRequest(row.RequestId),
            Basis = document.Basis,
            Length = document.Length,
            State = document.State,
            RemindAt = row.RemindAt,
            CheckAt = row.CheckAt,
            CheckedAt = document.CheckedAt,
        };
    }

    public static EntitlementRow NewRow(Entitlement entitlement, DateTimeOffset now)
    {
        var row = new EntitlementRow
        {
            Id = entitlement.Id.ToString(),
            Person = entitlement.Person.Id.Value,
            PersonName = entitlement.Person.Name,
            Target = entitlement.Target.ToString(),
            TargetName = entitlement.TargetName,
        };
        row.Take(entitlement, now);
        return row;
    }

    /// <summary>Everything but the version, the lease, the grants and the tenure.</summary>
    public static void Take(this EntitlementRow row, Entitlement entitlement, DateTimeOffset now)
    {
        row.PersonName = entitlement.Person.Name;
        row.TargetName = entitlement.TargetName;
        row.EmergencyDeniedAt = entitlement.EmergencyDeniedAt;
        row.Retry = entitlement.Retry is { } retry ? Documents.Write(retry) : null;
        row.DueAt = DueAt(entitlement, now);
    }

    /// <summary>"At once" becomes an instant, so that what waits longest is taken first.</summary>
    public static DateTimeOffset? DueAt(Entitlement entitlement, DateTimeOffset now) =>
        entitlement.DueAt == DateTimeOffset.MinValue ? now : entitlement.DueAt;

    public static GrantRow NewRow(EntitlementId entitlement, Grant grant, int ordinal, DateTimeOffset now)
    {
        var row = new GrantRow
        {
            Id = grant.Id.ToString(),
            EntitlementId = entitlement.ToString(),
            RequestId = grant.Request.ToString(),
            Ordinal = ordinal,
            State = grant.State.Name,
            Document = "",
        };
        row.Take(grant, now);
        return row;
    }

    public static void Take(this GrantRow row, Grant grant, DateTimeOffset now)
    {
        row.State = grant.State.Name;
        row.EndsAt = grant.State switch
        {
            // How long an end is overdue counts from when it should have been, however late it began.
            GrantState.Ending ending => row.EndsAt < ending.EndedAt ? row.EndsAt : ending.EndedAt,
            _ => grant.EndsAt,
        };
        row.RemindAt = grant.RemindAt;
        row.CheckAt = grant.CheckAt;
        row.OverAt = grant.State.IsOver ? row.OverAt ?? now : null;
        row.Document = Documents.Write(new GrantDocument(grant.Basis, grant.Length, grant.State, grant.CheckedAt));
    }

    public static TenureRow NewRow(EntitlementId entitlement, Tenure tenure)
    {
        var row = new TenureRow
        {
            Id = RowIds.Write(tenure.Id),
            EntitlementId = entitlement.ToString(),
            OpenedAt = tenure.OpenedAt,
            HeldBefore = tenure.HeldBefore,
        };
        row.Take(tenure);
        return row;
    }

    public static void Take(this TenureRow row, Tenure tenure)
    {
        row.OpenedAt = tenure.OpenedAt;
        row.HeldBefore = tenure.HeldBefore;
        row.SentAt = tenure.SentAt;
        row.RemovalSentAt = tenure.RemovalSentAt;
    }

    private static Retry? ToRetry(this EntitlementRow row) => row.Retry is null ? null : Documents.Read<Retry>(row.Retry);

    private static Tenure ToTenure(TenureRow row) => new()
    {
        Id = RowIds.ReadGuid(row.Id),
        OpenedAt = row.OpenedAt,
        HeldBefore = row.HeldBefore,
        SentAt = row.SentAt,
        RemovalSentAt = row.RemovalSentAt,
    };
}
