using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Bench.Load.Attacks;

/// <summary>Runs an attack on its own threads until it is disposed.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly Attack _attack;
    private readonly int _port;
    private readonly Socket _first;
    private readonly Socket _socket;
    private readonly List<Socket> _others;
    private readonly List<Thread> _threads = [];
    private volatile bool _isOver;

    public Attacker(Attack attack, int port)
    {
        _attack = attack;
        _port = port;
        _first = Connect(port);
        _socket = attack.IsOnTwo ? Connect(port) : _first;
        _others = [.. attack.Others.Select(_ => Connect(port))];
    }

    /// <summary>Prepares, and begins.</summary>
    public void Begin()
    {
        Start(() => ReadAll(_first));
        if (_socket != _first)
            Start(() => ReadAll(_socket));
        if (_attack.Preparation.Length > 0)
            _first.Send(_attack.Preparation);
        if (_attack.Request.Length > 0)
            Start(_attack.IsClosedAfterwards ? WriteAndClose : Write);
        for (int i = 0; i < _others.Count; i++)
        {
            Socket socket = _others[i];
            byte[] request = _attack.Others[i];
            Start(() => Repeat(socket, request));
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _first.Dispose();
        _socket.Dispose();
        _others.ForEach(socket => socket.Dispose());
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private static Socket Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private void Start(ThreadStart body)
    {
        Thread thread = new(() =>
        {
            try
            {
                body();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // The end, or the server closed the connection: that is an answer, too.
            }
        });
        _threads.Add(thread);
        thread.Start();
    }

    private void Write()
    {
        _socket.Send(_attack.Request);
        while (!_isOver)
            _socket.Send(_attack.IsByteByByte ? " "u8 : _attack.Request);
    }

    private void WriteAndClose()
    {
        while (!_isOver)
        {
            using Socket socket = Connect(_port);
            var writing = Task.Run(() =>
            {
                socket.Send(_attack.Request);
                socket.Shutdown(SocketShutdown.Send);
            });
            ReadAll(socket);
            socket.Close();
            writing.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }
    }

    private void Repeat(Socket socket, byte[] request)
    {
        byte[] buffer = new byte[16 << 10];
        do
            socket.Send(request);
        while (!_isOver && socket.Receive(buffer) > 0);
    }

    private void ReadAll(Socket socket)
    {
        byte[] buffer = new byte[256 << 10];
        while (!_isOver && socket.Receive(buffer) > 0)
        {
        }
    }
}
