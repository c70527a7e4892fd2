using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>A connection that asks and waits: lines and counted bytes.</summary>
internal sealed class ToolConnection : IDisposable
{
    private const int MaxLine = 64 * 1024;

    // Somebody sits in front of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly string _place;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Connects.</summary>
    /// <exception cref="SessionToolException">Nobody is there.</exception>
    public ToolConnection(ListenAddress address)
    {
        _place = address.Place;
        _socket = address.UnixPath is null
            ? new Socket(address.EndPoint!.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _socket.SendTimeout = _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        EndPoint place = address.UnixPath is null ? address.EndPoint! : new UnixDomainSocketEndPoint(address.UnixPath);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            _socket.ConnectAsync(place, patience.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            _socket.Dispose();
            throw new SessionToolException($"cannot connect to {_place}: {Reason(e)}");
        }
    }

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

    /// <summary>A line without its end.</summary>
    /// <exception cref="SessionToolException">The connection broke, or what comes is no line.</exception>
    public string ReadLine()
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            char c = (char)ReadByte();
            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(c);
        }

        throw Unexpected(line.ToString(0, 40));
    }

    /// <summary>As many bytes, and the line end behind them.</summary>
    /// <exception cref="SessionToolException">The connection broke, or they are too many.</exception>
    public byte[] ReadBlock(string length)
    {
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > Opening.SessionOpening.Limits.MaxBytes)
        {
            throw new SessionToolException($"{_place}: a value of '{length}' bytes; at most {Opening.SessionOpening.Limits.MaxBytes} are read");
        }

        var block = new byte[count];
        for (int i = 0; i < count; i++)
        {
            block[i] = ReadByte();
        }

        return ReadLine().Length == 0 ? block : throw Unexpected("bytes after a value");
    }

    /// <summary>The error for an answer that is none.</summary>
    public SessionToolException Unexpected(string answer) => new($"{_place}: unexpected answer '{answer}'");

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string Reason(Exception e) => e is SocketException { SocketErrorCode: not SocketError.TimedOut and not SocketError.WouldBlock } s
        ? s.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused; is the gateway running?",
            SocketError.ConnectionReset => "connection closed",
            _ => s.Message,
        }
        : $"no answer in {Patience.TotalSeconds:0} s";

    private byte ReadByte()
    {
        if (_start == _end)
        {
            try
            {
                _start = 0;
                _end = _socket.Receive(_buffer);
            }
            catch (SocketException e)
            {
                throw new SessionToolException($"{_place}: {Reason(e)}");
            }

            if (_end == 0)
            {
                throw new SessionToolException($"{_place}: connection closed");
            }
        }

        return _buffer[_start++];
    }
}
