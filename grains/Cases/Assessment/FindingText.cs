using System.Globalization;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>What a finding says to people. Names the field; of its value only what tells nothing of a person.</summary>
internal static class FindingText
{
    public static LocalizedText Of(Finding finding)
    {
        var zh = finding.Rule.Name.Zh;
        var en = finding.Rule.Name.En;
        if (finding.Subject != "case")
        {
            zh += $"（嫌疑人{finding.Subject}）";
            en += $" (suspect {finding.Subject})";
        }

        if (finding.Detail is { } detail)
        {
            zh += finding.Rule.TemplateName == "document" ? $"：《{detail}》" : $"：{detail}";
            en += $": {finding.DetailEn ?? detail}";
        }

        if (finding.Clock is { } clock)
        {
            var due = DueText(clock.Clock, finding.Due!.Value);
            var warning = finding.Level[0] == 'W';
            zh += warning ? $"，{due}届满" : $"，已于{due}届满";
            en += warning ? $", due {due}" : $", was due {due}";
        }
        else
        {
            var day = LegalTime.DateOf(finding.RaisedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            zh += $"（{day}）";
            en += $" ({day})";
        }

        if (finding.ClearedAt is { } cleared)
        {
            var day = LegalTime.DateOf(cleared).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            zh += $"，{day}已消除";
            en += $", over on {day}";
        }

        return new LocalizedText(zh, en);
    }

    /// <summary>The last day, of hour limits the minute, as people write it.</summary>
    private static string DueText(Clock clock, Due due) => clock == Clock.Hours
        ? due.DueAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : due.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
