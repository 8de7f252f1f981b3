using System.Globalization;

namespace Cluster.Api.Demo;

internal static class IsoDate
{
    /// <summary>A legal date as the contract writes it, <c>YYYY-MM-DD</c>.</summary>
    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
