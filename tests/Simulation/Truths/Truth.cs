using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Cases.Assessment;
using Cluster.Cases.Events;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>What must stay true, whatever failed and whenever: what the system says and stores against what was sent to it.</summary>
internal sealed class Truth(Office office, Ledger ledger, Staff staff)
{
    private readonly DrawTruth _draws = new(office, staff);
    private readonly AuditTruth _audit = new(office, ledger);
    private readonly LawInForce _law = new(office);
    private readonly Dictionary<string, (long Revision, Expected Expected)> _seen = new(StringComparer.Ordinal);
    private long _checks;

    public Stored Stored { get; private set; } = null!;

    /// <summary>A department published its draws.</summary>
    public void SeeDraws(string department, byte[] json) => _draws.See(department, json);

    /// <summary>Looks at everything, while things are calm.</summary>
    /// <returns>The events the system wrote itself.</returns>
    public List<(string Case, EventMessage Event)> Check()
    {
        for (var tries = 1; ; tries++)
        {
            Stored = office.Stored();
            try
            {
                return CheckStored();
            }
            catch (NotTrueException) when (tries < 5 && office.Stored().Mark != Stored.Mark)
            {
                // Something fell due while we looked.
                office.PassTo(office.Now.AddSeconds(5 * office.Scenario.Speed));
            }
        }
    }

    private List<(string Case, EventMessage Event)> CheckStored()
    {
        office.Browsers.Check();
        _law.Update();
        JournalTruth.Check(Stored, ledger);
        NobodyIsOwedNews();
        var expected = new SortedDictionary<string, Expected>(StringComparer.Ordinal);
        foreach (var (stream, events) in Stored.Streams)
        {
            if (!stream.StartsWith("case:", StringComparison.Ordinal)) continue;
            var reported = events.Exists(e => !IsOwn(e.Event));
            var caseId = stream["case:".Length..];
            Claim.Holds("row", reported == Stored.Cases.ContainsKey(caseId), () => $"{stream} is visible exactly if somebody reported it");
            if (reported) expected[caseId] = Expect(caseId, events);
        }

        _checks++;

        var stale = Stored.Cases.Values.Where(c => c.Open && Stored.AssessedBy.GetValueOrDefault(c.Id) < _law.Revision).Select(c => c.Id).ToList();
        Claim.Holds("sweep", stale.Count == 0, () => $"judged by older rules than revision {_law.Revision}: {string.Join(' ', stale)}");
        var alerts = Stored.Alerts.ToLookup(a => a.Case);
        foreach (var (caseId, e) in expected)
        {
            if (e.Answer is { } answer) CaseTruth.Check(Stored, _law, caseId, e, answer, [.. alerts[caseId]]);
        }

        LoadTruth.Check(office, Stored, staff, expected);
        _draws.Check(Stored);
        FeedTruth.Check(office, staff);
        _audit.Check();
        return [.. Stored.Streams.Where(s => s.Key.StartsWith("case:", StringComparison.Ordinal)).SelectMany(s => s.Value.Where(e => IsOwn(e.Event)).Select(e => (s.Key["case:".Length..], e.Event)))];
    }

    private static bool IsOwn(EventMessage e) => e.Source.StartsWith("/cluster/", StringComparison.Ordinal);

    private void NobodyIsOwedNews()
    {
        var owed = office.Ask(silo => silo.Service<IDueIndex>().Undelivered(100));
        Claim.Holds("delivery", owed.Count == 0, () => $"nobody is owed news for long: {string.Join(' ', owed)}");
    }

    // What was sent, not what was stored; in another order than it came.
    private Expected Expect(string caseId, IReadOnlyList<JournalEvent> events)
    {
        // Of the many that are over, and at which nothing happened since they were looked at, some are looked at again.
        var row = Stored.Cases[caseId];
        if (office.Scenario.CourtYear && !row.Open && _seen.TryGetValue(caseId, out var seen) && seen.Revision == row.Revision && (events.Count + row.Revision + _checks) % 8 != 0) return seen.Expected;
        var history = CaseHistory.Of(events
            .Select(e => IsOwn(e.Event) ? e.Event : ledger.Sent[(e.Event.Source, e.Event.Id)].Event)
            .OrderBy(e => e.Id, StringComparer.Ordinal)
            .Select(e => EventReader.Restore(e.Source, e.Id, e.Type, e.Time, e.RecordedTime, e.Data)));
        var answer = office.Ask(silo => silo.Grains.GetGrain<ICaseGrain>(caseId).Read(null));
        Claim.Holds("case", answer is not null, () => $"{caseId} can be read");
        var now = DateTimeOffset.Parse((string)JsonNode.Parse(answer!.Json)!["asOf"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        var expected = new Expected(history, _law.Assess(Stored, history, now), answer.Json);
        _seen[caseId] = (row.Revision, expected with { Answer = null });
        return expected;
    }
}

/// <summary>A case as it must be.</summary>
/// <param name="Answer">As it was answered; null if it was not asked for again.</param>
internal sealed record Expected(CaseHistory History, CaseAssessment Assessment, byte[]? Answer);
