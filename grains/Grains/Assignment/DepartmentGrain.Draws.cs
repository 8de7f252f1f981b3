using Cluster.Cases.Assignment;
using Cluster.Contracts;

namespace Cluster.Grains.Assignment;

public sealed partial class DepartmentGrain
{
    /// <summary>The roster as draws read it, by id; null when it has changed.</summary>
    private RosterEntry[]? _entries;

    public async Task<Assigned?> Assign(AssignmentRequest request)
    {
        if (_definition is null || _roster.Count == 0) return Refused(request);
        var today = Today;
        // Midnight may pass while a day is opened, and a day that is over takes no draw: its secret may be out.
        for (; !_draws.IsOpen(today); today = Today) await OpenDay(today);
        if (_draws.LastOf(request.Case) is { } before && request.Recorded?.Contains(before.Name) != true && request.Excluded.All(e => e.Prosecutor != before.Prosecutor))
        {
            _cases.Drawn(request, Id, before.Prosecutor);
            await _drawing;
            return before;
        }

        // From here to the append nothing is awaited, so that draws that interleave still number in order and see each other's load.
        var number = _draws.NextNumber(today);
        var result = Draw.Run(Input(request, today, number, _draws.SecretOf(today)));
        if (result.Chosen is not { } chosen) return Refused(request);
        var assigned = new Assigned(chosen, result.Mode, Id, today, number, _clock.GetUtcNow());
        var data = _draws.Add(assigned, request.Case, result);
        _cases.Drawn(request, Id, chosen);
        await (_drawing = _stream.Append("case.drawn", data));
        return assigned;
    }

    public Task Release(CaseSummary summary)
    {
        _cases.Reset(summary);
        _pacing.Changed();
        return Task.CompletedTask;
    }

    public Task<byte[]> Preview(AssignmentRequest request)
    {
        var explanation = Draw.Explain(Input(request, Today, 1, []));
        return Task.FromResult(UnitJson.Write(new
        {
            request.Case,
            Department = Id,
            request.Weight,
            explanation.Mode,
            explanation.Eligible,
            explanation.Excluded,
        }));
    }

    public async Task<byte[]> Draws(DateOnly from, DateOnly until)
    {
        // A secret is told once the journal holds a later day, after which nobody draws with it, whatever clock they read.
        if (_definition is not null && from <= Today) await OpenDay(Today);
        // The book is ahead of the journal while a draw is being written; what is not durable is not published.
        await _drawing;
        return _draws.Publish(from, until, _draws.Latest);
    }

    private Assigned? Refused(AssignmentRequest request)
    {
        _refused[request.Case] = _rosterVersion;
        return null;
    }

    /// <summary>Commits to the day's secret before anything is drawn with it.</summary>
    private Task OpenDay(DateOnly date)
    {
        if (_draws.IsOpen(date)) return Task.CompletedTask;
        return _opening is { IsCompleted: false } ? _opening : _opening = Open(date);
    }

    private async Task Open(DateOnly date)
    {
        var data = DrawBook.NewDay(date, _secret());
        await _stream.Append("day.opened", data);
        _draws.Open(data);
    }

    private DrawInput Input(AssignmentRequest request, DateOnly date, int number, byte[] secret) => new(
        Id, date, number, request.Case, request.CaseType, request.Weight, request.Preferred,
        [.. request.Excluded.Select(e => new Exclusion(e.Prosecutor, e.Reason))], request.Needs, request.Organs,
        _entries ??= [.. _roster.Values.Select(Entry)],
        _cases.OpenWeights, DrawPolicy.Default with { Strategy = Strategy }, secret, _draws.LastTurn);

    private static RosterEntry Entry(ProsecutorDefinition p) => new(
        p.Id, p.Capacity, p.Role, p.Specialties, p.Qualified, p.OnDuty,
        [.. p.Absences.Select(a => new RosterAbsence(a.From, a.Until, a.Reason))], p.Recusals, p.Since);

    /// <summary>What loads are measured by today: of a newcomer whose day of joining is known the share that they have by now.</summary>
    private double CarryingCapacity(ProsecutorDefinition p) =>
        p.Since is null ? p.Capacity : (double)(CapacityAhead.Of(Entry(p), Today, DrawPolicy.Default)?.Carrying ?? (decimal)p.Capacity);

    // What was stored before it was checked may mean nothing.
    private DrawStrategy Strategy => DrawStrategy.TryParse(_definition?.Strategy, out var strategy) ? strategy : DrawStrategy.Balanced;
}
