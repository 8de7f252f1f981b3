using System.Diagnostics;
using System.Threading.RateLimiting;
using Cluster.Api.Hosting;
using Cluster.Api.Units;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Cluster.Api.Ingest;

/// <summary>Takes events to their cases and brings back what became of each.</summary>
internal sealed partial class EventIntake(
    CaseQueues queues, ICaseIndex cases, TimeProvider clock, IOptions<IntakeOptions> options, IOperationalAlerts operators, ILogger<EventIntake> logger) : IDisposable
{
    // One text for every reason, so that an answer tells nothing about cases of others.
    private static readonly Problem OutsideRights =
        Problem.Of(403, "outside-rights", "The event refers to a procuratorate or a case outside the rights of this account.");

    private readonly ConcurrencyLimiter parts = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.StreamPartsAtOnce,
        // As many as there are streams; each waits with one part.
        QueueLimit = options.Value.MostStreams,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Records a batch that was admitted.</summary>
    /// <returns>One result for each event, in the order sent, once every accepted one is durable.</returns>
    /// <exception cref="LimitExceededException">Send the same again later; what was recorded then answers as duplicate. So does JournalOverloadedException.</exception>
    public Task<EventResult[]> Record(IReadOnlyList<SentEvent> events, Rights rights, CancellationToken cancellation) =>
        Record(events, rights, options.Value.Retries, cancellation);

    /// <summary>Records a part of a stream when it is its turn; where the journal is full, waits until it has room.</summary>
    public async Task<EventResult[]> RecordStreamed(IReadOnlyList<SentEvent> events, Rights rights, CancellationToken cancellation)
    {
        using RateLimitLease lease = await parts.AcquireAsync(1, cancellation);
        if (!lease.IsAcquired) throw new LimitExceededException();
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

    public void Dispose() => parts.Dispose();

    private async Task<EventResult[]> Record(IReadOnlyList<SentEvent> events, Rights rights, TimeSpan[] retries, CancellationToken cancellation)
    {
        using Activity? span = Tracing.Start("events.record");
        span?.SetTag("events", events.Count);
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
                EventOutcome[] outcomes = await queues.Record(subject, messages);
                operators.Clear(OperationalKind.CaseUnwritable, subject);
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
                operators.Raise(OperationalKind.CaseUnwritable, subject, cause: e);
                foreach (int i in indexes) results[i] = EventResult.Reject(events[i].Id, Problem.Of(500));
                return;
            }
        }
    }

    private static bool IsOverload(Exception e) => e is JournalOverloadedException or LimitExceededException;

    [LoggerMessage(1, LogLevel.Error, "{Count} events of one case could not be recorded")]
    private partial void LogFailure(Exception e, int count);
}
