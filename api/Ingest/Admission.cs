using Cluster.Api.Hosting;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Ingest;

/// <summary>
/// Lets requests with events in before their bodies are read, as far as there is room: so many events and bytes at a time, of all senders together and of
/// each. The last of the room is kept for senders that have little on their way. The limiters of the framework give back only what they gave at once and
/// know no reserve; here a request holds what it is thought to need until it is known.
/// </summary>
internal sealed class Admission(IOptions<IntakeOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Share> shares = new(StringComparer.Ordinal);
    private readonly IntakeOptions limits = options.Value;
    private readonly Share all = new();

    /// <summary>Events on their way now.</summary>
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
        if (all.Events + events > limits.MostPending + (little ? limits.Reserved : 0) || all.Bytes + bytes > limits.MostBytes + (little ? limits.ReservedBytes : 0))
            return "The server takes as much as it can; send it again later.";
        return own.Events + events > limits.MostPendingOfSender || own.Bytes + bytes > limits.MostBytesOfSender
            ? "Too much of this sender is on its way; send it again when there are answers."
            : null;
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
        private int events;
        private long bytes;

        /// <summary>What the request turns out to need, more or less than thought.</summary>
        /// <exception cref="ProblemException">429: there is no room for more; it keeps what it has.</exception>
        public void Need(int neededEvents, long neededBytes)
        {
            admission.Change(sender, neededEvents - events, neededBytes - bytes);
            (events, bytes) = (neededEvents, neededBytes);
        }

        public void NeedEvents(int needed) => Need(needed, bytes);

        public void NeedBytes(long needed)
        {
            if (needed > bytes) Need(events, needed);
        }

        public void Dispose()
        {
            if (events > 0 || bytes > 0) Need(0, 0);
        }
    }
}
