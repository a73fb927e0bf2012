using System.Globalization;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Ids as rows write them.</summary>
internal static class RowIds
{
    public static string Write(Guid id) => id.ToString("N");

    public static string Write(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static Guid ReadGuid(string id) => Guid.ParseExact(id, "N");

    public static RequestId ReadRequest(string id) => new(ReadGuid(id));

    public static long ReadNumber(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
