using System.Globalization;

namespace Cluster.Api.Demo;

/// <summary>Gives case numbers as an intake window does: one series per office, kind and year, in the order of receipt.</summary>
internal static class CaseRegister
{
    public static void Number(IReadOnlyList<CasePlan> plans)
    {
        var entries = new List<(DateOnly Received, string Row, OfficeUnit Office, string Kind, Action<string> Give)>();
        foreach (var plan in plans)
        {
            entries.Add((plan.Review.Received, plan.Row.Id, plan.Office, plan.Minor ? "未起诉" : "刑诉", number => plan.ReviewSubject = number));
            for (var i = 0; i < plan.Arrests.Count; i++)
            {
                var at = i;
                entries.Add((plan.Arrests[i].Received, plan.Row.Id, plan.Office, plan.Arrests[i].CaseType == "ARR" ? "捕" : "决捕", number => plan.ArrestSubjects[at] = number));
            }
            for (var i = 0; i < plan.Prolongations.Count; i++)
            {
                var at = i;
                entries.Add((plan.Prolongations[i].Received, plan.Row.Id, DemoOffice.City, "延押", number => plan.ProlongationSubjects[at] = number));
            }
        }

        var series = new Dictionary<(string Office, string Kind, int Year), int>();
        foreach (var (received, _, office, kind, give) in entries.OrderBy(e => e.Received).ThenBy(e => e.Row, StringComparer.Ordinal))
        {
            var key = (office.Code, kind, received.Year);
            var next = series.GetValueOrDefault(key) + 1;
            series[key] = next;
            give(string.Create(CultureInfo.InvariantCulture, $"{office.Short}检{kind}受[{received.Year}]{office.Code}{next:000000}号"));
        }
    }

    /// <summary>The serial inside a case number, for the numbers of its documents.</summary>
    public static int Serial(string subject) => int.Parse(subject.AsSpan(subject.Length - 7, 6), CultureInfo.InvariantCulture);
}
