namespace ChatGovernance.Infrastructure.Persistence;

public enum DatabaseProvider
{
    /// <summary>One machine.</summary>
    Sqlite,

    /// <summary>Any number of replicas.</summary>
    PostgreSql,
}
