namespace ChatGovernance.TestSupport.Databases;

public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
