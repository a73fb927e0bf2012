using System.Globalization;

namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Milliseconds(double ms) => ms.ToString(ms < 10 ? "0.00" : ms < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Megabytes(double bytes) => (bytes / (1024 * 1024)).ToString("0", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
