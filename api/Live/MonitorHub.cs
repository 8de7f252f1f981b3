using Cluster.Api.Login;
using Microsoft.AspNetCore.SignalR;

namespace Cluster.Api.Live;

/// <summary>The hub of contract chapter 8: a hint; the feed in the store is the record.</summary>
internal sealed class MonitorHub(LiveServices services, IHubContext<MonitorHub> hub) : Hub
{
    public const string Path = "/hubs/monitor";

    private static readonly object Key = new();

    public override Task OnConnectedAsync()
    {
        Caller caller = Context.GetHttpContext()?.Features.Get<Caller>() ?? throw new HubException("Not logged in.");
        Context.Items[Key] = new LiveConnection(Context, hub.Clients.Client(Context.ConnectionId), caller, services);
        return Task.CompletedTask;
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(Key, out object? connection)) await ((LiveConnection)connection!).DisposeAsync();
    }

    public Task<WatchAnswer> Watch(string? scope, long? fromSequence) => Connection.Watch(scope, fromSequence, Context.ConnectionAborted);

    public Task Unwatch(string? scope) => Connection.Unwatch(scope, Context.ConnectionAborted);

    private LiveConnection Connection => (LiveConnection)Context.Items[Key]!;
}
