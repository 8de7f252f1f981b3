using Cluster.Serving;

namespace Cluster.Load;

/// <summary>
/// Cases for review that came in within the hour, with eight events each, from the acceptance to the defender's opinion. All is well but in every tenth,
/// where the suspect is interrogated before anybody told about pleas (SQ-003). The events of a block of cases arrive mixed, as those of an office do.
/// </summary>
internal sealed class Caseload(DateTimeOffset now, string prefix)
{
    public const int EventsOfCase = 8;

    private const int Block = 500;
    private const string Source = $"/{LoadedOffice.Procuratorate}/tyyw";

    /// <summary>Number of a case in the order of acceptance.</summary>
    public string Id(int number) => $"{prefix}受[2026]{LoadedOffice.Procuratorate}{number:000000}号";

    /// <summary>Every event of so many cases, all acceptances of a block first, then all second events, and so on.</summary>
    public IEnumerable<CloudEvent> Events(int cases)
    {
        for (int start = 0; start < cases; start += Block)
        {
            for (int step = 0; step < EventsOfCase; step++)
            {
                for (int number = start; number < Math.Min(start + Block, cases); number++) yield return Event(number, step);
            }
        }
    }

    private CloudEvent Event(int number, int step)
    {
        // What follows comes minutes later, so none lies ahead of the clock.
        DateTimeOffset received = now.ToOffset(TimeSpan.FromHours(8)).AddMinutes(-60);
        string day = received.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (string type, object data) = step switch
        {
            0 => ("case.accepted", (object)new
            {
                caseType = "PRO",
                procuratorate = LoadedOffice.Procuratorate,
                department = LoadedOffice.DepartmentOf(number),
                name = $"赵某{number}盗窃案",
                receivedOn = day,
                registeredOn = day,
                charges = new[] { new { name = "盗窃罪", article = "264" } },
                suspects = new[] { new { suspect = "1", name = $"赵某{number}", sex = "男" } },
            }),
            1 => ("rights.notified", new { who = "suspect", suspect = "1", how = "document" }),
            2 when number % 10 == 0 => ("document.issued", new { doc = new { code = "委托诉讼代理人告知书", number = $"{number}", date = day } }),
            2 => ("rights.notified", new { who = "plea", suspect = "1", how = "document" }),
            3 => ("rights.notified", new { who = "victim", how = "phone" }),
            4 => ("defender.registered", new { suspect = "1", name = "钱律师", kind = "lawyer" }),
            5 => ("suspect.interrogated", new { suspect = "1", staff = 2, place = "检察院", signed = true }),
            6 => ("opinion.heard", new { who = "victim", written = false }),
            _ => ("opinion.heard", new { who = "defender", suspect = "1", written = true }),
        };
        return new CloudEvent($"{prefix}-{number}-{step}", Source, type, Id(number), received.AddMinutes(step * 5), data);
    }
}
