using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Cluster.Api.Hosting;

namespace Cluster.Api.Cases;

/// <summary>Lets only a few very long answers be in memory at a time. Which cases have one is known from the first time; that bounds what it costs to ask for them again and again.</summary>
internal sealed class LargeAnswers : IDisposable
{
    /// <summary>Bytes from which on an answer is long; a case of fifty events has some fifty thousand.</summary>
    public const int Long = 1 << 20;

    private const int MostKnown = 10_000;

    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, byte> known = new(StringComparer.Ordinal);

    private readonly ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions { PermitLimit = 2, QueueLimit = 16, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Answers with the body of a case, when there is room for it.</summary>
    /// <exception cref="ProblemException">429: too many wait for long answers.</exception>
    public async Task<IResult> Answer(string caseId, Func<Task<byte[]>> read, CancellationToken cancellation)
    {
        if (!known.ContainsKey(caseId))
        {
            byte[] json = await read();
            if (json.Length < Long) return new JsonAnswer(json);
            if (known.Count >= MostKnown) known.Clear();
            known.TryAdd(caseId, 0);
        }
        RateLimitLease lease = await places.AcquireAsync(1, cancellation);
        if (!lease.IsAcquired) throw new ProblemException(Problem.Of(429, "overloaded", "Too many ask for very long cases; try again later.") with { RetryAfter = 5 });
        return new LongAnswer(lease, read);
    }

    public void Dispose() => places.Dispose();

    private sealed class LongAnswer(RateLimitLease lease, Func<Task<byte[]>> read) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            using (lease)
            {
                Task sending = new JsonAnswer(await read()).ExecuteAsync(context);
                try
                {
                    await sending.WaitAsync(LongestSend, context.RequestServices.GetRequiredService<TimeProvider>());
                }
                catch (TimeoutException)
                {
                    // Who takes so long for it keeps it from others.
                    context.Abort();
                    await sending.ContinueWith(static _ => { }, TaskScheduler.Default);
                }
            }
        }
    }
}
