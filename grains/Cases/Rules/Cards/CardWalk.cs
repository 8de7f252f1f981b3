using System.Globalization;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A check walking through the fillings of a card: from when to when it was wrong.</summary>
/// <param name="number">Of the check, where the rule has several; else 0.</param>
/// <param name="suspect">Whose card; null for the case.</param>
/// <param name="into">Where the stretches go in which it was wrong. What time alone decides is left to them, so that they hold for every instant.</param>
internal struct CardWalk(Rule rule, CaseState state, HolidayCalendar calendar, CardCheck check, int number, SuspectState? suspect, List<CardSpan> into)
{
    private readonly record struct Glance(CaseEvent Event, int Fillings);

    private Glance? _since;
    private Glance _last;
    private DateTimeOffset _from;
    private (DateTimeOffset From, Glance Glance)? _coming;
    private int _number;

    /// <summary>Looks at the card as it stands after an event.</summary>
    public void See(CaseEvent e, int fillings)
    {
        if (_coming is { } due && due.From < e.Time)
        {
            Begin(due.From, due.Glance);
            _coming = null;
        }

        var evening = _since is not null ? e.Time : _coming?.From ?? LegalTime.EndOf(LegalTime.DateOf(e.Time));
        _coming = null;
        var scope = At(new Glance(e, fillings));
        if (!check.IsWrong(scope) || check.From(scope) is not { } from)
        {
            End(e);
            return;
        }

        if (check.EndOfDay && from < evening) from = evening;
        if (from > e.Time)
        {
            End(e);
            _coming = (from, new Glance(e, fillings));
            return;
        }

        Begin(e.Time, new Glance(e, fillings));
    }

    public void Finish()
    {
        if (_coming is { } coming) Begin(coming.From, coming.Glance);
        End(null);
    }

    private void Begin(DateTimeOffset from, Glance glance)
    {
        _last = glance;
        if (_since is not null) return;
        _since = glance;
        _from = from;
        _number++;
    }

    private void End(CaseEvent? mended)
    {
        if (_since is not { } since) return;
        _since = null;
        // Cards filled in one after the other at the same instant were never seen in between.
        if (mended is not null && mended.Time <= _from)
        {
            _number--;
            return;
        }

        if (!rule.InForceOn(LegalTime.DateOf(_from))) return;
        into.Add(new CardSpan
        {
            Rule = check.Judged(rule),
            Template = (FieldTemplate)rule.Template,
            Level = check.Level ?? rule.Level,
            Suspect = suspect,
            Instance = number == 0 ? _number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{number}/{_number}"),
            From = _from,
            MendedAt = mended?.Time,
            Evidence = mended is null ? [since.Event] : [since.Event, mended],
            Wording = check.Fields.Describe(At(_last)),
        });
    }

    private readonly Scope At(Glance glance) =>
        new(state, calendar, glance.Event, suspect, new CaseCards(state, glance.Fillings));
}
