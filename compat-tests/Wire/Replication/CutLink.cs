using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>A TCP proxy whose connections can be cut, and that can keep back what the connecting side sends.</summary>
internal sealed class CutLink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly int _target;
    private volatile TaskCompletionSource? _held;

    public CutLink(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections; new ones are accepted.</summary>
    public void Cut()
    {
        while (_open.TryTake(out Socket? socket))
            socket.Dispose();
    }

    /// <summary>What the connecting side sends from now on is not passed on.</summary>
    public void Hold() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was kept back is passed on, and so is what follows.</summary>
    public void Release()
    {
        TaskCompletionSource? held = _held;
        _held = null;
        held?.SetResult();
    }

    public void Dispose()
    {
        _listener.Stop();
        Release();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ConnectAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // One that is cut while it connects ends no others.
    private async Task ConnectAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open.Add(near);
        _open.Add(far);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            near.Dispose();
            far.Dispose();
            return;
        }

        _ = PumpAsync(near, far, isHeld: true);
        _ = PumpAsync(far, near, isHeld: false);
    }

    private async Task PumpAsync(Socket from, Socket to, bool isHeld)
    {
        byte[] buffer = new byte[64 << 10];
        try
        {
            for (int count; (count = await from.ReceiveAsync(buffer)) > 0;)
            {
                while (isHeld && _held is { } held)
                    await held.Task;
                for (int sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
