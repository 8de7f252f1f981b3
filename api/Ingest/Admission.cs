using Cluster.Api.Hosting;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Ingest;

/// <summary>
/// Lets requests with events in before their bodies are read, as far as there is room: so many events and bytes at a time, of all senders together and of
/// each. The room for events shrinks while more than half of what was let in takes too long, and grows again while it does not, so that what is let in
/// stays quick on a slow machine too. The last of the room is kept for senders that have little on their way. The limiters of the framework give back only
/// what they gave at once, know no reserve and do not adapt; here a request holds what it is thought to need until it is known.
/// </summary>
internal sealed class Admission(IOptions<IntakeOptions> options, TimeProvider time)
{
    // One slow answer weighs as much as one quick one: where they balance, half are quicker than wanted. A few that wait for one stuck case move nothing.
    private const double Step = 0.02;

    private readonly TimeProvider clock = time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Share> shares = new(StringComparer.Ordinal);
    private readonly IntakeOptions limits = options.Value;
    private readonly Share all = new();
    private double room = options.Value.MostPending;

    /// <summary>Events that may be on their way at the present pace.</summary>
    public int Room
    {
        get
        {
            lock (gate) return (int)room;
        }
    }

    /// <summary>Events on their way now, a batch that is larger than half the room counted as that.</summary>
    public int Pending
    {
        get
        {
            lock (gate) return all.Events;
        }
    }

    /// <summary>Lets a request in.</summary>
    /// <exception cref="ProblemException">429: there is no room for it.</exception>
    public Ticket Enter(string sender, int events, long bytes)
    {
        var ticket = new Ticket(this, sender);
        ticket.Need(events, bytes);
        return ticket;
    }

    // A batch that is larger than half the room gets in when that much is free, or it never would.
    private int Weight(int needed)
    {
        lock (gate) return Math.Min(needed, Math.Max(1, (int)(room / 2)));
    }

    private void Change(string sender, int events, long bytes)
    {
        lock (gate)
        {
            Share own = shares.GetValueOrDefault(sender) ?? new Share();
            if ((events > 0 || bytes > 0) && Refusal(own, Math.Max(0, events), Math.Max(0, bytes)) is { } why)
                throw new ProblemException(Problem.Of(429, "overloaded", why) with { RetryAfter = 1 });
            own.Add(events, bytes);
            all.Add(events, bytes);
            if (own is { Events: 0, Bytes: 0 }) shares.Remove(sender);
            else shares[sender] = own;
        }
    }

    private string? Refusal(Share own, int events, long bytes)
    {
        bool little = own.Events + events <= limits.OwnShare && own.Bytes + bytes <= limits.OwnBytes;
        if (all.Events + events > room + (little ? limits.Reserved : 0) || all.Bytes + bytes > limits.MostBytes + (little ? limits.ReservedBytes : 0))
            return "The server takes as much as it can; send it again later.";
        return own.Events + events > room * limits.MostPendingOfSender / limits.MostPending || own.Bytes + bytes > limits.MostBytesOfSender
            ? "Too much of this sender is on its way; send it again when there are answers."
            : null;
    }

    private void Pace(TimeSpan took)
    {
        lock (gate) room = Math.Clamp(room * (took > limits.Wanted ? 1 - Step : 1 + Step), Math.Min(limits.LeastPending, limits.MostPending), limits.MostPending);
    }

    private sealed class Share
    {
        public int Events { get; private set; }

        public long Bytes { get; private set; }

        public void Add(int events, long bytes)
        {
            Events += events;
            Bytes += bytes;
        }
    }

    /// <summary>What a request holds until it is disposed of.</summary>
    internal sealed class Ticket(Admission admission, string sender) : IDisposable
    {
        private readonly long entered = admission.clock.GetTimestamp();
        private int events;
        private long bytes;

        /// <summary>What was let in has its answer.</summary>
        public void Recorded() => admission.Pace(admission.clock.GetElapsedTime(entered));

        /// <summary>What the request turns out to need, more or less than thought.</summary>
        /// <exception cref="ProblemException">429: there is no room for more; it keeps what it has.</exception>
        public void Need(int neededEvents, long neededBytes)
        {
            Change(admission.Weight(neededEvents), neededBytes);
        }

        public void NeedEvents(int needed) => Need(needed, bytes);

        public void NeedBytes(long needed)
        {
            if (needed > bytes) Change(events, needed);
        }

        public void Dispose()
        {
            if (events > 0 || bytes > 0) Change(0, 0);
        }

        private void Change(int neededEvents, long neededBytes)
        {
            admission.Change(sender, neededEvents - events, neededBytes - bytes);
            (events, bytes) = (neededEvents, neededBytes);
        }
    }
}
