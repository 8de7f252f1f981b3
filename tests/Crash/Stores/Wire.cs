using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cluster.Crash.Stores;

/// <summary>A TCP wire to a loopback port that can be cut: then nothing gets through and new connections are refused.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly int _to;
    private readonly ConcurrentDictionary<Socket, bool> _ends = new();
    private TcpListener? _listener;
    private Task _listening;

    public Wire(int to)
    {
        _to = to;
        _listening = Listen(0);
    }

    /// <summary>Loopback port of the near end; stays the same.</summary>
    public int Port { get; private set; }

    /// <summary>Cuts what is connected and refuses what comes.</summary>
    public async Task Cut()
    {
        _listener?.Stop();
        _listener = null;
        await _listening;
        foreach (Socket end in _ends.Keys)
        {
            // A reset, as a cut cable answers in the end, not a polite farewell.
            end.LingerState = new LingerOption(true, 0);
            end.Dispose();
        }
    }

    public void Mend() => _listening = Listen(Port);

    public async ValueTask DisposeAsync() => await Cut();

    private Task Listen(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        return Accept(_listener);
    }

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true) _ = Connect(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task Connect(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        _ends[near] = _ends[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(Carry(near, far), Carry(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone, so is the other.
        }
        finally
        {
            near.Dispose();
            _ends.TryRemove(near, out _);
            _ends.TryRemove(far, out _);
        }
    }

    private static async Task Carry(Socket from, Socket to)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer.AsMemory())) > 0)
            {
                for (int sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or closed at the other end.
        }
    }
}
