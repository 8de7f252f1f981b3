using System.Diagnostics;
using Cluster.Contracts;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Cluster.Api.Ingest;

/// <summary>
/// Takes events to a case one call at a time; what comes meanwhile goes together in the next. So a case that many send to is assessed once for all that
/// waits, its grain never has more than one call of senders before a call of the server itself, and no other case notices.
/// </summary>
internal sealed class CaseQueues(IGrainFactory grains, IOptions<IntakeOptions> options)
{
    private const int MostAtOnce = 1_000;

    private readonly Dictionary<string, Queue<Part>> busy = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> waiting = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Records events of a case.</summary>
    /// <exception cref="LimitExceededException">Too many events of this case wait; nothing of these was recorded.</exception>
    public Task<EventOutcome[]> Record(string subject, EventMessage[] events)
    {
        var part = new Part(events);
        lock (gate)
        {
            if (busy.TryGetValue(subject, out Queue<Part>? queue))
            {
                int before = waiting.GetValueOrDefault(subject);
                if (before > 0 && before + events.Length > options.Value.MostWaitingOfCase)
                    throw new LimitExceededException("Too many events of one case wait; send them again later.");
                waiting[subject] = before + events.Length;
                queue.Enqueue(part);
                return part.Done.Task;
            }
            busy.Add(subject, new Queue<Part>());
        }
        _ = Run(subject, [part]);
        return part.Done.Task;
    }

    private async Task Run(string subject, List<Part> parts)
    {
        // It goes on for whoever comes next, and what it does for them is no part of the trace of the first.
        if (Tracing.Listened) Activity.Current = null;
        while (parts.Count > 0)
        {
            if (!await TryRecord(subject, parts))
            {
                // Whatever went wrong is told only to those it went wrong with.
                foreach (Part part in parts) await Record(subject, part);
            }
            parts = Next(subject);
        }
    }

    /// <returns>Whether every part has its answer.</returns>
    private async Task<bool> TryRecord(string subject, List<Part> parts)
    {
        if (parts is [var only])
        {
            await Record(subject, only);
            return true;
        }
        using Activity? span = Trace(parts);
        try
        {
            EventOutcome[] outcomes = await grains.GetGrain<ICaseGrain>(subject).Record([.. parts.SelectMany(p => p.Events)]);
            int from = 0;
            foreach (Part part in parts)
            {
                part.Done.TrySetResult(outcomes[from..(from + part.Events.Length)]);
                from += part.Events.Length;
            }
            return true;
        }
        catch (Exception e) when (e is JournalOverloadedException or LimitExceededException or StoreUnavailableException or TimeoutException or SiloUnavailableException)
        {
            // Nothing that one of them did.
            foreach (Part part in parts) part.Done.TrySetException(e);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task Record(string subject, Part part)
    {
        using Activity? span = Trace([part]);
        try
        {
            part.Done.TrySetResult(await grains.GetGrain<ICaseGrain>(subject).Record(part.Events));
        }
        catch (Exception e)
        {
            part.Done.TrySetException(e);
        }
    }

    private static Activity? Trace(IEnumerable<Part> parts) =>
        Tracing.Listened ? Tracing.ForAll("events.call", parts.Select(p => p.Trace)) : null;

    private List<Part> Next(string subject)
    {
        var parts = new List<Part>();
        lock (gate)
        {
            Queue<Part> queue = busy[subject];
            int events = 0;
            while (queue.TryPeek(out Part? next) && (parts.Count == 0 || events + next.Events.Length <= MostAtOnce))
            {
                parts.Add(queue.Dequeue());
                events += next.Events.Length;
            }
            if (parts.Count == 0) busy.Remove(subject);
            if ((waiting.GetValueOrDefault(subject) - events) is > 0 and var left) waiting[subject] = left;
            else waiting.Remove(subject);
        }
        return parts;
    }

    private sealed class Part(EventMessage[] events)
    {
        public EventMessage[] Events { get; } = events;

        /// <summary>The span of whoever waits for it.</summary>
        public ActivityContext Trace { get; } = Activity.Current is { Recorded: true } asker ? asker.Context : default;

        public TaskCompletionSource<EventOutcome[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
