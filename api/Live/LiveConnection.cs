using System.Diagnostics;
using System.Threading.Channels;
using Cluster.Api.Login;
using Cluster.Contracts.Operations;
using Cluster.Contracts.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Cluster.Api.Live;

/// <summary>
/// One connection of a screen: its scopes and the pump that sends their items. The pump waits for the connection to take
/// what it sends, so a slow one holds nothing but its place in each scope.
/// </summary>
internal sealed partial class LiveConnection : IAsyncDisposable
{
    // Missed items answered at once; the pump sends the rest.
    private const int MostMissed = 500;

    private readonly HubCallerContext context;
    private readonly ISingleClientProxy client;
    private readonly LiveServices services;
    private readonly Caller caller;
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, Subscription> subscriptions = [];
    private readonly CancellationTokenSource closed = new();
    private readonly CancellationTokenRegistration sessionEnd;
    private readonly Action signal;
    private readonly Task pump;

    public LiveConnection(HubCallerContext context, ISingleClientProxy client, Caller caller, LiveServices services)
    {
        this.context = context;
        this.client = client;
        this.caller = caller;
        this.services = services;
        signal = () => wake.Writer.TryWrite(true);
        caller.Session.Connected();
        caller.Session.RightsChanged += Recheck;
        services.Units.Changed += Recheck;
        // Registered last: a session that has ended meanwhile calls back here and now.
        sessionEnd = caller.Session.Ended.Register(context.Abort);
        pump = Task.Run(Pump);
        services.Farewell.Add(this);
    }

    /// <summary>Ends the connection and tells the other side so.</summary>
    public void Close() => context.Abort();

    /// <summary>Watches a scope from a sequence, or from now on.</summary>
    /// <exception cref="HubException">The scope is none, outside the caller's rights, or one too many.</exception>
    public async Task<WatchAnswer> Watch(string? text, long? fromSequence, CancellationToken cancellation)
    {
        WatchScope scope = WatchScope.Parse(text) ?? throw new HubException("No such scope: all, procuratorate:CODE, department:ID, prosecutor:ID or case:ID.");
        var rights = await services.Units.RightsOf(caller.Session.Account, cancellation);
        if (!rights.CanWatch(scope, await services.OwnerOf(scope, cancellation)))
            throw new HubException("This scope does not exist or is outside the rights of this account.");

        await gate.WaitAsync(cancellation);
        try
        {
            Remove(scope.Text);
            if (subscriptions.Count >= services.Options.MostScopes) throw new HubException($"A connection watches at most {services.Options.MostScopes} scopes.");
            // From here on items are kept; only then the place in the feed is read, and only then what it is a snapshot of.
            FeedRing ring = services.Broadcaster.Watch(scope.Text, signal);
            try
            {
                long last = await services.Feeds.Last(scope.Text, cancellation);
                ring.Reach(last);
                IReadOnlyList<FeedItem>? missed = fromSequence is { } from and >= 0 && from <= last
                    ? await services.Feeds.After(scope.Text, from, MostMissed, cancellation)
                    : null;
                if (missed is not null) missed = Subscription.Head(missed);
                long sequence = missed switch { null => last, [] => fromSequence!.Value, [.., var newest] => newest.Sequence };
                var subscription = new Subscription(scope, ring, sequence);
                var answer = new WatchAnswer(
                    sequence,
                    missed is null ? await services.Snapshots.Of(scope, rights, cancellation) : null,
                    missed is null ? null : await services.Describe(missed, scope, rights, cancellation),
                    () => Start(subscription));
                subscriptions.Add(scope.Text, subscription);
                return answer;
            }
            catch
            {
                services.Broadcaster.Leave(scope.Text, signal);
                throw;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>After this, nothing of the scope is sent.</summary>
    public async Task Unwatch(string? scope, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            Remove(scope ?? "");
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        services.Farewell.Remove(this);
        caller.Session.RightsChanged -= Recheck;
        services.Units.Changed -= Recheck;
        await sessionEnd.DisposeAsync();
        await closed.CancelAsync();
        await pump;
        foreach (string scope in subscriptions.Keys.ToList()) Remove(scope);
        caller.Session.Disconnected(services.Clock.GetUtcNow());
        closed.Dispose();
    }

    private void Start(Subscription subscription)
    {
        subscription.Start();
        signal();
    }

    private void Remove(string scope)
    {
        if (subscriptions.Remove(scope)) services.Broadcaster.Leave(scope, signal);
    }

    private async Task Pump()
    {
        try
        {
            while (await wake.Reader.WaitToReadAsync(closed.Token))
            {
                wake.Reader.TryRead(out _);
                while (await SendRound())
                {
                    // Scopes take turns until none has more.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
        catch (Exception e)
        {
            // Without its pump a screen would show old things as if they were new; reconnecting, it finds out.
            LogPump(services.Logger, e);
            context.Abort();
        }
    }

    /// <summary>Sends each scope's next batch; whether any may have more.</summary>
    private async Task<bool> SendRound()
    {
        await gate.WaitAsync(closed.Token);
        try
        {
            bool more = false;
            foreach (Subscription subscription in subscriptions.Values)
            {
                if (subscription.Started) more |= await SendNext(subscription);
            }
            return more;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<bool> SendNext(Subscription subscription)
    {
        IReadOnlyList<FeedItem>? items = await subscription.Next(services.Feeds, closed.Token);
        if (items is []) return false;
        var rights = await services.Units.RightsOf(caller.Session.Account, closed.Token);
        // Too far behind to go on without a gap, or a case that has gone to others: the client asks again and learns which.
        if (items is null || (subscription.Scope.Kind == WatchKind.Case && !rights.CanWatch(subscription.Scope, await services.OwnerOf(subscription.Scope, closed.Token))))
        {
            context.Abort();
            throw new OperationCanceledException();
        }
        (long since, IReadOnlyList<ActivityContext> traces) = subscription.Origin(items);
        using (Activity? span = Tracing.ForAll("hub.send", traces))
        {
            span?.SetTag("items", items.Count);
            await Send(await services.Describe(items, subscription.Scope, rights, closed.Token));
        }
        services.Meters.Sent(items.Count, since);
        subscription.Sequence = items[^1].Sequence;
        return true;
    }

    /// <summary>Sends items, and waits until the connection has room for more. A client that makes none for too long is cut off: it must not hold what it does not read.</summary>
    private async Task Send(IReadOnlyList<FeedMessage> items)
    {
        try
        {
            await client.SendAsync("Feed", items, closed.Token).WaitAsync(services.Options.LongestSend, services.Clock, closed.Token);
        }
        catch (TimeoutException)
        {
            LogCutOff(services.Logger);
            context.Abort();
            throw new OperationCanceledException();
        }
    }

    /// <summary>Rights may have changed. A client that still has them reconnects, one that has lost them is refused then.</summary>
    private void Recheck() => _ = Task.Run(async () =>
    {
        try
        {
            var rights = await services.Units.RightsOf(caller.Session.Account, closed.Token);
            await gate.WaitAsync(closed.Token);
            try
            {
                foreach (Subscription subscription in subscriptions.Values)
                {
                    if (rights.CanWatch(subscription.Scope, await services.OwnerOf(subscription.Scope, closed.Token))) continue;
                    context.Abort();
                    return;
                }
            }
            finally
            {
                gate.Release();
            }
        }
        catch (Exception)
        {
            // Gone already, or rights cannot be read: then there are none.
            context.Abort();
        }
    });

    [LoggerMessage(2, LogLevel.Information, "A client that does not read was cut off")]
    private static partial void LogCutOff(ILogger logger);

    [LoggerMessage(1, LogLevel.Error, "Sending the feed of a connection failed")]
    private static partial void LogPump(ILogger logger, Exception e);
}
