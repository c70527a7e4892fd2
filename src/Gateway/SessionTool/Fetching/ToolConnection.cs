using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>A connection that asks and waits for replies.</summary>
internal sealed class ToolConnection : IDisposable
{
    private const int MostShown = 40;

    // A session, and what a protocol puts around it.
    private static readonly int SessionBytes = Opening.SessionOpening.Limits.MaxBytes + (64 << 10);

    // Somebody sits in front of it.
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly string _place;
    private readonly int _mostBytes;
    private readonly TimeSpan _patience;
    private readonly string _peer;
    private byte[] _buffer = new byte[16 * 1024];
    private RespReplyScanner _scanner;
    private int _start;
    private int _end;

    /// <summary>Connects, to ask for a session.</summary>
    /// <exception cref="SessionToolException">Nobody is there.</exception>
    public ToolConnection(ListenAddress address)
        : this(address, SessionBytes, UsualPatience, "gateway")
    {
    }

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="mostBytes">Longest answer that is read.</param>
    /// <param name="patience">How long the other side may be silent.</param>
    /// <param name="peer">What the other side is, for the hint at a refused connection.</param>
    /// <exception cref="SessionToolException">Nobody is there.</exception>
    public ToolConnection(ListenAddress address, int mostBytes, TimeSpan patience, string peer)
    {
        _place = address.Place;
        _mostBytes = mostBytes;
        _patience = patience;
        _peer = peer;
        _socket = address.UnixPath is null
            ? new Socket(address.EndPoint!.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.SendTimeout = _socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
        EndPoint place = address.UnixPath is null ? address.EndPoint! : new UnixDomainSocketEndPoint(address.UnixPath);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            _socket.ConnectAsync(place, limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            _socket.Dispose();
            bool isAbsent = address.UnixPath is not null && !File.Exists(address.UnixPath);
            throw new SessionToolException(
                $"cannot connect to {_place}: {(isAbsent ? "there is no such socket" : Reason(e))}");
        }
    }

    private ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Sends bytes.</summary>
    /// <exception cref="SessionToolException">The connection broke.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException e)
        {
            throw new SessionToolException($"{_place}: {Reason(e)}");
        }
    }

    /// <summary>The next line of a memcached server, with its data block; stays until the next call.</summary>
    /// <exception cref="SessionToolException">The connection broke, or what comes is no reply.</exception>
    public TextReply ReadText()
    {
        while (true)
        {
            switch (TextReplyReader.TryRead(Received, out TextReply reply, out int length))
            {
                case ReplyStatus.Done:
                    _start += length;
                    return reply;
                case ReplyStatus.NeedMoreData:
                    Receive(length);
                    break;
                default:
                    throw Foreign("memcached's text protocol", Received);
            }
        }
    }

    /// <summary>The next line, without its end, which may be a line feed alone; stays until the next call.</summary>
    /// <exception cref="SessionToolException">The connection broke, or no line ends.</exception>
    public ReadOnlySpan<byte> ReadLine()
    {
        while (true)
        {
            int end = Received.IndexOf((byte)'\n');
            if (end >= 0)
            {
                ReadOnlySpan<byte> line = Received[..end];
                _start += end + 1;
                return line.TrimEnd((byte)'\r');
            }

            if (Received.Length > TextReplyReader.MaxLineBytes)
            {
                throw Unexpected(Received);
            }

            Receive(Received.Length + 1);
        }
    }

    /// <summary>The next reply of a RESP server; stays until the next call.</summary>
    /// <exception cref="SessionToolException">The connection broke, or what comes is no reply.</exception>
    public RespReplyReader ReadResp()
    {
        while (true)
        {
            ReadOnlySpan<byte> received = Received;
            switch (_scanner.Scan(received, out int length))
            {
                case ReplyStatus.Done:
                    _start += length;
                    return new RespReplyReader(received[..length]);
                case ReplyStatus.NeedMoreData:
                    Receive(_scanner.NeedBytes);
                    break;
                default:
                    throw Foreign("RESP", Received);
            }
        }
    }

    /// <summary>The error for bytes that are no answer of a protocol.</summary>
    public SessionToolException Foreign(string protocol, ReadOnlySpan<byte> answer)
    {
        int end = answer.IndexOfAny((byte)'\r', (byte)'\n');
        return new($"{_place}: speaks no {protocol}, but answers '{Start(end < 0 ? answer : answer[..end])}'");
    }

    /// <summary>The error for an answer that is none.</summary>
    public SessionToolException Unexpected(ReadOnlySpan<byte> answer) =>
        new($"{_place}: unexpected answer '{Start(answer)}'");

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string Start(ReadOnlySpan<byte> answer) =>
        Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, MostShown)]).TrimEnd();

    private string Reason(Exception e) =>
        e is SocketException { SocketErrorCode: not SocketError.TimedOut and not SocketError.WouldBlock } s
            ? s.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => $"connection refused; is the {_peer} running?",
                SocketError.ConnectionReset => "connection closed",
                _ => s.Message,
            }
            : $"no answer in {_patience.TotalSeconds:0} s";

    // Until so many bytes of the reply are there.
    private void Receive(int needed)
    {
        if (needed > _mostBytes)
        {
            throw new SessionToolException($"{_place}: an answer of {needed} bytes; at most {_mostBytes} are read");
        }

        if (_start + needed > _buffer.Length)
        {
            byte[] larger = needed > _buffer.Length ? new byte[needed] : _buffer;
            Received.CopyTo(larger);
            (_buffer, _end, _start) = (larger, _end - _start, 0);
        }

        while (_end - _start < needed)
        {
            int count;
            try
            {
                count = _socket.Receive(_buffer.AsSpan(_end));
            }
            catch (SocketException e)
            {
                throw new SessionToolException($"{_place}: {Reason(e)}");
            }

            _end += count > 0 ? count : throw new SessionToolException($"{_place}: connection closed");
        }
    }
}
