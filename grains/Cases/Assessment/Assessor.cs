using Cluster.Cases.Rules;
using Cluster.Law;

namespace Cluster.Cases.Assessment;

/// <summary>
/// The one idea of the system: what is due, what is wrong and when that changes is a pure function of a case's history and the time.
/// No I/O, no clock; safe to call from many threads.
/// </summary>
public sealed class Assessor(Catalogue catalogue, HolidayCalendar calendar)
{
    /// <summary>The shipped catalogue on the shipped calendar.</summary>
    public static Assessor Default { get; } = new(Catalogue.Default, HolidayCalendar.Default);

    public Catalogue Catalogue { get; } = catalogue;

    public HolidayCalendar Calendar { get; } = calendar;

    /// <summary>Assesses a case at an instant.</summary>
    /// <param name="history">The set of its events; those later than <paramref name="now"/> do not count yet.</param>
    /// <param name="reports">What its procuratorate reports.</param>
    public CaseAssessment Assess(CaseHistory history, DateTimeOffset now, Observability? reports = null)
    {
        var state = new CaseState(history.CountingAt(now, out var next), now);
        var rules = Catalogue.For(state.CaseType, reports ?? Observability.Default);
        rules.RunClocks(state, Calendar);
        var looking = rules.Look(state, Calendar);
        var tried = rules.Try(state, Calendar, looking);
        if (tried?.NextChange is { } triedNext) looking.ChangesAt(triedNext);
        foreach (var clock in state.Clocks)
        {
            if (clock.RunsAt(now)) looking.ChangesAt(clock.Due.ExpiresAt);
            if (clock.EndedAt is { } ended) looking.ChangesAt(ended);
        }

        foreach (var suspect in state.Suspects)
        {
            foreach (var measure in suspect.Measures) looking.ChangesAt(measure.From);
            // What is owed to a minor is owed no more from the day after the eighteenth birthday.
            if (suspect.BirthDate is { } birth && birth.Year < 2082) looking.ChangesAt(LegalTime.EndOf(birth.AddYears(18)));
        }

        if (next is { } later) looking.ChangesAt(later);
        if (PriorDetention.Running(state)) looking.ChangesAt(LegalTime.EndOf(LegalTime.DateOf(now)));
        return new CaseAssessment(state, rules, looking, tried);
    }
}
