using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules;

/// <summary>侦查羁押期限 as a request to prolong it sees it: two months from arrest, then one, two and two more (CPL 156, 158, 159).</summary>
internal static class InvestigativeCustody
{
    private static readonly Period[] Steps = [new(2, PeriodUnit.Months), new(1, PeriodUnit.Months), new(2, PeriodUnit.Months), new(2, PeriodUnit.Months)];

    private static readonly int Step = CaseState.OrdinalOf("step.recorded");

    /// <summary>The end of custody that the request wants put off: as told, else by the extensions so far, else the one nearest to the request.</summary>
    public static DateOnly? EndsOn(CaseState state, SuspectState suspect)
    {
        if (ArrestedOn(suspect) is not { } arrested) return null;
        if (suspect.Entry?["measure.kind"].Text == "arrest" && suspect.Entry["measure.until"].Date is { } told) return told;
        return End(arrested, Before(state, arrested));
    }

    /// <summary>Which extension an event is about: 1 for the first, 4 for one beyond seven months; null where nobody is under arrest.</summary>
    public static int? Extension(CaseState state, SuspectState suspect, CaseEvent e)
    {
        if (ArrestedOn(suspect) is not { } arrested) return null;
        if (state.CaseType != "EXT") return Granted(state, suspect, e);
        if (state.Accepted?.Data["extensionsSoFar"] is { IsPresent: true } soFar) return (int)soFar.Number + 1;
        return EndsOn(state, suspect) is { } ends ? Nearest(arrested, ends) + 1 : null;
    }

    private static DateOnly? ArrestedOn(SuspectState suspect)
    {
        foreach (var span in suspect.Measures)
        {
            if (span.Kind == "arrest") return LegalTime.DateOf(span.From);
        }

        return null;
    }

    /// <summary>How many extensions went before the request.</summary>
    private static int Before(CaseState state, DateOnly arrested) => state.Accepted?.Data["extensionsSoFar"] is { IsPresent: true } soFar
        ? Math.Min((int)soFar.Number, Steps.Length - 1)
        : Nearest(arrested, state.ReceivedOn ?? arrested);

    /// <summary>Requests come shortly before an end, so the nearest end is the one meant.</summary>
    private static int Nearest(DateOnly arrested, DateOnly day)
    {
        var nearest = 0;
        for (var i = 1; i < Steps.Length; i++)
        {
            if (Distance(End(arrested, i), day) <= Distance(End(arrested, nearest), day)) nearest = i;
        }

        return nearest;
    }

    private static int Distance(DateOnly a, DateOnly b) => Math.Abs(a.DayNumber - b.DayNumber);

    private static DateOnly End(DateOnly arrested, int extensions)
    {
        for (var i = 0; i <= extensions; i++) arrested = Steps[i].AddTo(arrested);
        return arrested;
    }

    /// <summary>Extensions granted in the arrest case up to an event, counted anew after a recalculation.</summary>
    private static int Granted(CaseState state, SuspectState suspect, CaseEvent upTo)
    {
        var count = 0;
        foreach (var e in state.Of(Step))
        {
            if (!Trigger.Concerns(e, suspect)) continue;
            switch (e.Data["step"].Text)
            {
                case "custody-recalculated":
                    count = 0;
                    break;
                case "investigative-custody-extended":
                    count++;
                    break;
            }

            if (e == upTo) break;
        }

        return count;
    }
}
