using System.Collections.Concurrent;
using Cluster.Cases.Assessment;
using Cluster.Contracts;
using Cluster.Grains.Verifying;
using Cluster.Law;
using Cluster.Storage;
using Cluster.Storage.Moving;

namespace Cluster.Silo.Verifying;

/// <summary>Checks a store from end to end against what must always be true, from one state of it and without changing anything.</summary>
public static class StoreVerification
{
    // A store that is wrong everywhere is wrong for one reason; nobody reads a million lines.
    private const int MostFaults = 200;

    /// <param name="store">Where it is.</param>
    /// <param name="holidays">The calendar that its server uses.</param>
    /// <exception cref="StoreMoveException">There is no such store.</exception>
    public static VerificationReport Run(StorageOptions store, HolidayCalendar holidays, CancellationToken cancellation = default)
    {
        using var reading = StoreTransfer.Open(store);
        var faults = new List<string>();
        faults.AddRange(reading.Damage(cancellation).Select(d => $"The file is damaged: {d}."));
        faults.AddRange(StoreTruth.Faults(reading, cancellation));

        var draws = 0;
        foreach (var department in reading.Streams("department"))
        {
            var (count, wrong) = StoredDraws.Of(department, reading.Stream("department:" + department));
            draws += count;
            faults.AddRange(wrong.Select(fault => $"Draw {department}/{fault} cannot be recomputed."));
        }

        var cases = new CaseCheck(reading, holidays);
        reading.EachBatch(cases.Check, cancellation);
        faults.AddRange(cases.Faults.Order(StringComparer.Ordinal));
        return new VerificationReport(
            reading.Number("SELECT count(*) FROM event", cancellation) ?? 0, cases.Checked, cases.Stale, reading.Number("SELECT count(*) FROM alert", cancellation) ?? 0,
            draws, reading.Number("SELECT count(*) FROM feed_scope", cancellation) ?? 0, faults.Count, [.. faults.Take(MostFaults)]);
    }

    private sealed class CaseCheck
    {
        private readonly LiveCatalogue _rules;
        private readonly StoredOffices _offices = new();
        private readonly DateTimeOffset _seen;
        private int _stale;

        public CaseCheck(IStoreReading reading, HolidayCalendar holidays)
        {
            _rules = new LiveCatalogue(new Assessor(Cases.Rules.Catalogue.Default, holidays));
            _rules.Adopt(StoredRules.Of(reading.Stream("catalogue")));
            foreach (var code in reading.Streams("procuratorate"))
            {
                foreach (var e in reading.Stream("procuratorate:" + code)) _offices.Apply(code, e);
            }
            _seen = new DateTimeOffset(reading.Number("SELECT value FROM meta WHERE name = 'last-instant'") ?? 0, TimeSpan.Zero);
        }

        public ConcurrentBag<string> Faults { get; } = [];

        public int Checked { get; private set; }

        /// <summary>Cases that the server will assess again when it starts, since the rules have changed.</summary>
        public int Stale => _stale;

        public void Check(IReadOnlyList<CaseFile> batch)
        {
            Checked += batch.Count;
            Parallel.ForEach(batch, Check);
        }

        private void Check(CaseFile file)
        {
            var stored = new StoredCase(file.Row, CaseHistory.Of(file.Events), file.Alerts, file.Due);
            var live = _rules.Current;
            IReadOnlyList<string>? fewest = null;
            foreach (var reports in _offices.Reports(file.Row.Procuratorate, file.Row.UpdatedAt, live.Catalogue.Scopes))
            {
                var faults = stored.Faults(live.Assessor, reports, _seen).ToList();
                if (faults.Count == 0) return;
                if (!(fewest?.Count <= faults.Count)) fewest = faults;
            }
            if (file.AssessedBy < live.Revision && (file.Row.Open || file.Alerts.Any(a => live.Touched.Contains(a.Rule)))) Interlocked.Increment(ref _stale);
            else Faults.Add($"Case {file.Row.Id} is not as its events say: {string.Join(", ", fewest!)}.");
        }
    }
}

/// <summary>What a check found.</summary>
/// <param name="Stale">Cases that a change of rules has not reached yet; the server sees to it.</param>
/// <param name="Faults">How many in all; <paramref name="Examples"/> has the first of them.</param>
public sealed record VerificationReport(long Events, int Cases, int Stale, long Alerts, int Draws, long Feeds, int Faults, IReadOnlyList<string> Examples);
