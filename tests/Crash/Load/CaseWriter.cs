using System.Globalization;
using Cluster.Serving;
using Simulation;

namespace Cluster.Crash.Load;

/// <summary>Invents cases: most in custody, some handled well, some not at all, so that wakes have something to raise.</summary>
internal sealed class CaseWriter(Dice dice)
{
    private const string Source = $"/{Office.Procuratorate}/tyyw";

    private int _written;

    /// <summary>Every event of a new case.</summary>
    /// <param name="now">What the server's clock last read; a few things happen some hours after it.</param>
    public IEnumerable<CloudEvent> Write(DateTimeOffset now)
    {
        int number = ++_written;
        string id = $"杀检起诉受[2026]{number:000000}号";
        string department = dice.One(Office.Departments);
        DateTimeOffset received = now.ToOffset(TimeSpan.FromHours(8)).AddMinutes(-dice.Below(600));
        string day = Day(received);
        int step = 0;
        yield return Event("case.accepted", new
        {
            caseType = dice.Chance(0.7) ? "PRO" : "ARR",
            procuratorate = Office.Procuratorate,
            department,
            name = $"周某{number}盗窃案",
            receivedOn = day,
            registeredOn = day,
            volumes = 1 + dice.Below(20),
            charges = new[] { new { name = "盗窃罪", article = "264" } },
            suspects = new[] { new { suspect = "1", name = $"周某{number}", sex = "男", birthDate = "1990-05-05", measure = new { kind = dice.Chance(0.6) ? "arrest" : "bail", from = day, organ = "公安" } } },
        });
        if (dice.Chance(0.7)) yield return Event("rights.notified", new { who = "suspect", suspect = "1", how = "document" });
        if (dice.Chance(0.7)) yield return Event("rights.notified", new { who = "plea", suspect = "1", how = "document" });
        if (dice.Chance(0.5)) yield return Event("defender.registered", new { suspect = "1", name = "钱律师", kind = "lawyer" });
        if (dice.Chance(0.6)) yield return Event("suspect.interrogated", new { suspect = "1", staff = 2, place = "检察院", signed = true });
        if (dice.Chance(0.15)) yield return Event("case.reassigned", new { prosecutor = Office.Prosecutor(department, 1 + dice.Below(Office.People)), reason = "调整" });
        if (!dice.Chance(0.4)) yield break;
        yield return Event("decision.made", new { kind = "prosecute" });
        if (dice.Chance(0.7)) yield return Event("case.closed", new { result = "起诉" });

        CloudEvent Event(string type, object data) => new($"{number}-{step}", Source, type, id, received.AddMinutes(40 * step++), data);
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
