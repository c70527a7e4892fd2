using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Protocols;

namespace SessionGateway.CompatTests.Harness;

/// <summary>
/// A blocking, byte-exact client. Strings are Latin-1 both ways, so every byte is one character. Every read has a
/// deadline; a missed one throws with the bytes that did arrive.
/// </summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly byte[] _chunk = new byte[64 * 1024];
    private readonly List<byte> _received = [];

    // Bytes of it that were taken: of thousands of replies in one piece each would move the rest.
    private int _taken;
    private bool _peerClosed;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects to a loopback TCP port.</summary>
    public static RawConnection Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        return Open(socket, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>Connects to a unix socket.</summary>
    public static RawConnection ConnectUnix(string path) =>
        Open(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            new UnixDomainSocketEndPoint(path));

    /// <summary>Whether something accepts on a loopback port now.</summary>
    public static bool CanConnect(int port)
    {
        try
        {
            Connect(port).Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends all bytes; blocks while the peer does not read.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Sends Latin-1 text.</summary>
    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends Latin-1 text and reads an answer of the same length as <paramref name="expected"/>.</summary>
    public string Ask(string text, string expected)
    {
        Send(text);
        return Encoding.Latin1.GetString(ReadExactly(expected.Length));
    }

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="TimeoutException">Fewer bytes before the deadline (30 s by default).</exception>
    /// <exception cref="EndOfStreamException">The peer closed before.</exception>
    public byte[] ReadExactly(int count, TimeSpan? deadline = null)
    {
        ReadWhile(() => Rest.Length < count, deadline ?? DefaultDeadline, $"{count} bytes");
        return Take(count);
    }

    /// <summary>Everything up to and with the first <paramref name="end"/>.</summary>
    public string ReadThrough(string end, TimeSpan? deadline = null)
    {
        byte[] mark = Encoding.Latin1.GetBytes(end);
        int at = -1;
        ReadWhile(() => (at = IndexOf(mark)) < 0, deadline ?? DefaultDeadline, $"'{end}'");
        return Encoding.Latin1.GetString(Take(at + mark.Length));
    }

    /// <summary>Exactly one reply.</summary>
    /// <param name="measure">Finds its end.</param>
    /// <param name="deadline">5 s by default.</param>
    /// <exception cref="InvalidDataException">What came is no reply.</exception>
    public byte[] ReadReply(ReplyLength measure, TimeSpan? deadline = null)
    {
        int length = 0;
        ReplyStatus status = ReplyStatus.NeedMoreData;
        ReadWhile(
            () => (status = measure(Rest, out length)) == ReplyStatus.NeedMoreData,
            deadline ?? DefaultDeadline, "a reply");
        return status == ReplyStatus.Done ? Take(length) : throw new InvalidDataException($"no reply; {Describe()}");
    }

    /// <summary>Everything until the peer has been silent for <paramref name="quiet"/>, or closes.</summary>
    public byte[] ReadUntilQuiet(TimeSpan quiet)
    {
        while (!_peerClosed && Receive(quiet))
        {
        }
        return Take(Rest.Length);
    }

    /// <summary>
    /// Everything until <paramref name="enough"/> says that the bytes read so far are all, the peer closes, or it has
    /// been silent for <paramref name="quiet"/>.
    /// </summary>
    public byte[] ReadUntil(Enough enough, TimeSpan quiet)
    {
        while (!enough(Rest) && !_peerClosed && Receive(quiet))
        {
        }
        return Take(Rest.Length);
    }

    /// <summary>What has arrived, without waiting.</summary>
    public byte[] ReadAvailable() => ReadUntilQuiet(TimeSpan.Zero);

    /// <summary>Everything until the peer closes its side.</summary>
    /// <exception cref="TimeoutException">Still open at the deadline (30 s by default).</exception>
    public byte[] ReadToEnd(TimeSpan? deadline = null)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan limit = deadline ?? DefaultDeadline;
        while (!_peerClosed)
        {
            if (!Receive(Remaining(watch, limit)) && !_peerClosed)
                throw new TimeoutException($"peer did not close in {limit.TotalSeconds:0.#} s; {Describe()}");
        }
        return Take(Rest.Length);
    }

    /// <summary>Waits until the peer's kernel has acknowledged everything sent (Linux, IPv4).</summary>
    /// <exception cref="TimeoutException">Bytes still wait on this side at the deadline.</exception>
    public void WaitUntilDelivered(TimeSpan deadline)
    {
        var local = (IPEndPoint)_socket.LocalEndPoint!;
        var remote = (IPEndPoint)_socket.RemoteEndPoint!;
        // proc(5): local and remote address:port, state, tx_queue:rx_queue; tx_queue counts unsent and unacknowledged
        // bytes.
        string end = $" [0-9A-F]{{8}}:{local.Port:X4} [0-9A-F]{{8}}:{remote.Port:X4} [0-9A-F]{{2}} 0{{8}}:";
        var watch = Stopwatch.StartNew();
        while (!Regex.IsMatch(File.ReadAllText("/proc/net/tcp"), end))
        {
            if (watch.Elapsed > deadline)
                throw new TimeoutException(
                    $"sent bytes not acknowledged in {deadline.TotalSeconds:0.#} s; {Describe()}");
            Thread.Sleep(1);
        }
    }

    /// <summary>Ends the sending side (FIN) and keeps reading possible.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Makes <see cref="Dispose"/> send RST, as a killed client with unread data does.</summary>
    public void ResetOnDispose() => _socket.LingerState = new LingerOption(true, 0);

    /// <summary>Whether the peer has closed, waiting up to <paramref name="wait"/> (none by default).</summary>
    public bool IsClosedByPeer(TimeSpan? wait = null)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan limit = wait ?? TimeSpan.Zero;
        while (!_peerClosed && Receive(Remaining(watch, limit)))
        {
        }
        return _peerClosed;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> Rest => CollectionsMarshal.AsSpan(_received)[_taken..];

    private static RawConnection Open(Socket socket, EndPoint endPoint)
    {
        try
        {
            socket.Connect(endPoint);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan Remaining(Stopwatch watch, TimeSpan limit) =>
        limit > watch.Elapsed ? limit - watch.Elapsed : TimeSpan.Zero;

    private void ReadWhile(Func<bool> unfinished, TimeSpan deadline, string wanted)
    {
        var watch = Stopwatch.StartNew();
        while (unfinished())
        {
            if (_peerClosed)
                throw new EndOfStreamException($"peer closed, wanted {wanted}; {Describe()}");
            if (!Receive(Remaining(watch, deadline)) && !_peerClosed)
                throw new TimeoutException($"wanted {wanted} in {deadline.TotalSeconds:0.#} s; {Describe()}");
        }
    }

    /// <summary>True when bytes came; false on silence or close.</summary>
    private bool Receive(TimeSpan wait)
    {
        if (!_socket.Poll(wait, SelectMode.SelectRead))
            return false;
        int count;
        try
        {
            count = _socket.Receive(_chunk);
        }
        catch (SocketException)
        {
            count = 0; // reset by peer
        }
        _peerClosed = count == 0;
        _received.AddRange(_chunk.AsSpan(0, count));
        return count > 0;
    }

    private byte[] Take(int count)
    {
        byte[] taken = Rest[..count].ToArray();
        _taken += count;
        if (_taken > _received.Count / 2)
        {
            _received.RemoveRange(0, _taken);
            _taken = 0;
        }

        return taken;
    }

    private int IndexOf(byte[] mark) => Rest.IndexOf(mark);

    private string Describe()
    {
        string text = Encoding.Latin1.GetString(Rest[..Math.Min(Rest.Length, 200)]);
        return $"{Rest.Length} bytes arrived: {text}";
    }
}
