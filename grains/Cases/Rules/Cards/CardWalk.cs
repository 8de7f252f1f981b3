using System.Globalization;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Law;

namespace Cluster.Cases.Rules.Cards;

/// <summary>A check walking through the fillings of a card: from when to when it was wrong.</summary>
/// <param name="number">Of the check, where the rule has several; else 0.</param>
/// <param name="suspect">Whose card; null for the case.</param>
/// <param name="yields">Rules whose violation says the same: where one is found, this is not found too.</param>
internal struct CardWalk(Rule rule, Looking at, CardCheck check, int number, SuspectState? suspect, string[] yields)
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
        if (_coming is { } coming)
        {
            if (coming.From <= at.State.Now) Begin(coming.From, coming.Glance);
            else at.ChangesAt(coming.From);
        }

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
        var cleared = mended?.Time;
        if (SaidElsewhere() is { } said)
        {
            if (said <= _from) return;
            if (!(cleared <= said)) cleared = said;
        }

        var wording = check.Fields.Describe(At(_last));
        at.Findings.Add(new Finding
        {
            Rule = check.Judged(rule),
            Subject = suspect?.Number ?? "case",
            Instance = number == 0 ? _number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{number}/{_number}"),
            Steps = [new LevelStep(check.Level ?? rule.Level, _from)],
            ClearedAt = cleared,
            Evidence = mended is null ? [since.Event] : [since.Event, mended],
            Detail = wording?.Zh,
            DetailEn = wording?.En,
        });
    }

    /// <summary>When another rule found the same in the events of the case; null if none did.</summary>
    private readonly DateTimeOffset? SaidElsewhere()
    {
        if (yields.Length == 0) return null;
        DateTimeOffset? first = null;
        foreach (var finding in at.Findings)
        {
            if (Array.IndexOf(yields, finding.Rule.Id) < 0) continue;
            if (suspect is not null && finding.Subject != "case" && finding.Subject != suspect.Number) continue;
            foreach (var step in finding.Steps)
            {
                if (step.Level[0] != 'W' && !(first <= step.At)) first = step.At;
            }
        }

        return first;
    }

    private readonly Scope At(Glance glance) =>
        new(at.State, at.Calendar, glance.Event, suspect, new CaseCards(at.State, glance.Fillings));
}
