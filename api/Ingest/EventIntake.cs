using System.Threading.RateLimiting;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Api.Ingest;

/// <summary>Takes events to their cases and brings back what became of each.</summary>
internal sealed partial class EventIntake(
    IGrainFactory grains, ICaseIndex cases, TimeProvider clock, IOptions<IntakeOptions> options, ILogger<EventIntake> logger) : IDisposable
{
    // One text for every reason, so that an answer tells nothing about cases of others.
    private static readonly Problem OutsideRights =
        Problem.Of(403, "outside-rights", "The event refers to a procuratorate or a case outside the rights of this account.");

    private readonly ConcurrencyLimiter pending = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MostPending,
        // Streams queue here; each waits with one chunk.
        QueueLimit = int.MaxValue,
    });

    /// <summary>Records a batch, or none of what the journal has no room for.</summary>
    /// <returns>One result for each event, in the order sent, once every accepted one is durable.</returns>
    /// <exception cref="ProblemException">429: send the same again later; what was recorded then answers as duplicate.</exception>
    public async Task<EventResult[]> Record(IReadOnlyList<SentEvent> events, Rights rights, CancellationToken cancellation)
    {
        using RateLimitLease lease = pending.AttemptAcquire(Math.Min(events.Count, options.Value.MostPending));
        if (!lease.IsAcquired) throw new LimitExceededException();
        return await Record(events, rights, options.Value.Retries, cancellation);
    }

    /// <summary>Records a part of a stream; where the journal is full, waits until it has room.</summary>
    public async Task<EventResult[]> RecordStreamed(IReadOnlyList<SentEvent> events, Rights rights, CancellationToken cancellation)
    {
        using RateLimitLease lease = await pending.AcquireAsync(Math.Min(events.Count, options.Value.MostPending), cancellation);
        while (true)
        {
            try
            {
                return await Record(events, rights, options.Value.Retries, cancellation);
            }
            catch (Exception e) when (IsOverload(e))
            {
                await Task.Delay(options.Value.StreamPause, clock, cancellation);
            }
        }
    }

    public void Dispose() => pending.Dispose();

    private async Task<EventResult[]> Record(IReadOnlyList<SentEvent> events, Rights rights, TimeSpan[] retries, CancellationToken cancellation)
    {
        var results = new EventResult?[events.Count];
        var first = new Dictionary<(string Source, string Id), int>();
        var repeats = new List<(int Index, int First)>();
        var bySubject = new Dictionary<string, List<int>>();
        for (int i = 0; i < events.Count; i++)
        {
            SentEvent sent = events[i];
            if (sent.Message is not { } message) results[i] = EventResult.Reject(sent.Id, sent.Problem!);
            else if (!sent.Procuratorates.All(rights.CanSend)) results[i] = EventResult.Reject(sent.Id, OutsideRights);
            else if (!first.TryAdd((message.Source, message.Id), i)) repeats.Add((i, first[(message.Source, message.Id)]));
            else if (bySubject.TryGetValue(sent.Subject, out List<int>? indexes)) indexes.Add(i);
            else bySubject.Add(sent.Subject, [i]);
        }

        // Cancelling one case's write would only lose its answer; what has begun is finished.
        await Parallel.ForEachAsync(
            bySubject,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.CasesAtOnce, CancellationToken = cancellation },
            async (group, _) => await RecordCase(group.Key, group.Value, events, rights, retries, results));

        foreach ((int index, int earlier) in repeats)
        {
            EventResult result = results[earlier]!;
            results[index] = result.Status == EventResult.Rejected ? result : result with { Status = EventResult.Duplicate };
        }
        return results!;
    }

    private async Task RecordCase(
        string subject, List<int> indexes, IReadOnlyList<SentEvent> events, Rights rights, TimeSpan[] retries, EventResult?[] results)
    {
        if (!rights.Everything && await cases.Find(subject) is { Procuratorate: { } owner } && !rights.CanSend(owner))
        {
            foreach (int i in indexes) results[i] = EventResult.Reject(events[i].Id, OutsideRights);
            return;
        }
        EventMessage[] messages = [.. indexes.Select(i => events[i].Message!)];
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                EventOutcome[] outcomes = await grains.GetGrain<ICaseGrain>(subject).Record(messages);
                for (int i = 0; i < indexes.Count; i++) results[indexes[i]] = EventResult.Of(outcomes[i]);
                return;
            }
            // Another activation of the case wrote meanwhile, or this one did and never heard of it; the next one knows.
            catch (Exception e) when ((IsOverload(e) || e is StreamVersionException) && attempt < retries.Length)
            {
                await Task.Delay(retries[attempt], clock);
            }
            catch (Exception e) when (!IsOverload(e) && e is not (StoreUnavailableException or StreamVersionException or TimeoutException or SiloUnavailableException))
            {
                // One case that cannot be written must not keep the others of its sender out for ever.
                LogFailure(e, indexes.Count);
                foreach (int i in indexes) results[i] = EventResult.Reject(events[i].Id, Problem.Of(500));
                return;
            }
        }
    }

    private static bool IsOverload(Exception e) => e is JournalOverloadedException or LimitExceededException;

    [LoggerMessage(1, LogLevel.Error, "{Count} events of one case could not be recorded")]
    private partial void LogFailure(Exception e, int count);
}
