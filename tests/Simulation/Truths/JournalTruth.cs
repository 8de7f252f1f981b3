using Cluster.Contracts;
using Simulation.Living;

namespace Simulation.Truths;

/// <summary>Invariant 1: an acknowledged event is in the journal exactly once, as it was sent, and nothing else is.</summary>
internal static class JournalTruth
{
    public static void Check(Stored stored, Ledger ledger)
    {
        var holder = new Dictionary<(string, string), string>();
        foreach (var (stream, events) in stored.Streams)
        {
            Claim.Holds("journal", events.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, events.Count).Select(n => (long)n)), () => $"versions of {stream}");
            foreach (var e in events)
            {
                Claim.Holds("journal", holder.TryAdd((e.Event.Source, e.Event.Id), stream), () => $"{e.Event.Id} is in {stream} only, and not twice");
                if (stream.StartsWith("case:", StringComparison.Ordinal) && !e.Event.Source.StartsWith("/cluster/", StringComparison.Ordinal)) IsAsSent(ledger, stream, e.Event);
            }
        }

        foreach (var sending in ledger.Sendings)
        {
            if (sending.Answer is not { } answer) continue;
            Claim.Holds("journal", answer.Select(a => a.Id).SequenceEqual(sending.Events.Select(e => e.Id)), () => $"the answers to {sending.Case} are in the order sent");
            for (var i = 0; i < answer.Length; i++)
            {
                var e = sending.Events[i];
                var held = holder.GetValueOrDefault((e.Source, e.Id));
                Claim.Holds("journal", answer[i].Status != EventStatus.Rejected, () => $"{e.Id} is well-formed");
                Claim.Holds(
                    "journal", answer[i].Status == EventStatus.Accepted ? held == "case:" + sending.Case : held is not null,
                    () => $"{e.Id} was acknowledged to {sending.Case} as {answer[i].Status} and is in {held ?? "no stream"}");
            }
        }
    }

    private static void IsAsSent(Ledger ledger, string stream, EventMessage e)
    {
        Claim.Holds("journal", ledger.Sent.TryGetValue((e.Source, e.Id), out var sent) && sent.Cases.Contains(stream["case:".Length..]), () => $"nobody sent {e.Id} for {stream}");
        Claim.Holds(
            "journal", (e.Type, e.Time, e.RecordedTime) == (sent.Event.Type, sent.Event.Time, sent.Event.RecordedTime) && e.Data.AsSpan().SequenceEqual(sent.Event.Data),
            () => $"{e.Id} is stored as it was sent");
    }
}
