using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Follows RESP: one reply for each request, until something is asked that sends more or less. Requests that say who
/// and where the client is are kept as they were sent, the last of each kind.
/// </summary>
internal sealed class RespTracker : ConversationTracker
{
    private const int MostNameBytes = 16;

    private readonly byte[] _name = new byte[MostNameBytes];
    private readonly RespGreeting _greeting = new();
    private readonly List<byte[]> _once = [];
    private byte[] _mute = [];
    private RespReplyCounter _replies;
    private RespReplyCounter _greeted;
    private long _waiting;
    private long _number;
    private long _skip;
    private int _argument;
    private long _arguments;
    private int _nameLength;
    private byte _line;
    private bool _isCaptured;
    private bool _hasMulti;
    private bool _watches;

    /// <inheritdoc/>
    protected override bool IsBetween =>
        _waiting == 0 && _line == 0 && _arguments == 0 && !_hasMulti && !_watches && _replies.IsBetween;

    /// <inheritdoc/>
    public override void Greet(byte[] request, bool isOnce)
    {
        Sent(request);
        _waiting = 0;
        if (isOnce && IsUnsure)
        {
            // CLIENT REPLY: nobody answers.
            _mute = request;
        }
        else if (isOnce)
        {
            _once.Add(request);
        }
    }

    /// <inheritdoc/>
    public override void EndGreeting()
    {
        _once.Clear();
        _mute = [];
    }

    /// <inheritdoc/>
    public override int WriteGreeting(ref ByteQueue to, int hops)
    {
        _greeted = default;
        int replies = _greeting.Write(ref to) + _once.Count;
        if (hops > 0)
        {
            to.Append(RespRequestWriter.Encode(
                "CLIENT"u8.ToArray(), "CAPA"u8.ToArray(), Encoding.ASCII.GetBytes($"forwarded={hops}")));
            replies++;
        }

        foreach (byte[] request in _once)
        {
            to.Append(request);
        }

        to.Append(_mute);
        return replies;
    }

    /// <inheritdoc/>
    public override int TakeGreetingReplies(ReadOnlySpan<byte> bytes, out bool hasFailed)
    {
        int ended = _greeted.Take(bytes);
        hasFailed = _greeted.HasError || _greeted.IsBroken;
        return ended;
    }

    /// <inheritdoc/>
    public override void WriteRefusal(ref ByteQueue to) => to.Append(
        "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n"u8);

    /// <inheritdoc/>
    protected override void Received(ReadOnlySpan<byte> bytes)
    {
        _waiting -= _replies.Take(bytes);
        if (_replies.IsBroken || _waiting < 0)
        {
            GiveUp();
        }
    }

    /// <inheritdoc/>
    protected override void Sent(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsUnsure)
        {
            int taken = _skip > 0 ? TakeArgument(bytes) : _line == 0 ? BeginLine(bytes[0]) : TakeLine(bytes);
            bytes = bytes[taken..];
        }
    }

    // *count or $length. Inline requests are people's: nobody knows what they ask next.
    private int BeginLine(byte first)
    {
        if (first != (_arguments == 0 ? (byte)'*' : (byte)'$'))
        {
            GiveUp();
            return 1;
        }

        _line = first;
        _number = 0;
        Capture([first]);
        return 1;
    }

    private int TakeLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        int taken = end < 0 ? bytes.Length : end + 1;
        foreach (byte digit in bytes[..taken])
        {
            if (digit is >= (byte)'0' and <= (byte)'9' && _number <= int.MaxValue)
            {
                _number = (_number * 10) + (digit - '0');
            }
            else if (digit is not ((byte)'\r' or (byte)'\n'))
            {
                GiveUp();
                return taken;
            }
        }

        Capture(bytes[..taken]);
        if (end >= 0)
        {
            EndLine();
        }

        return taken;
    }

    private void EndLine()
    {
        if (_line == (byte)'*')
        {
            _arguments = _number;
            _argument = 0;
            _nameLength = 0;
        }
        else
        {
            _skip = _number + 2;
        }

        _line = 0;
    }

    private int TakeArgument(ReadOnlySpan<byte> bytes)
    {
        int taken = (int)Math.Min(_skip, bytes.Length);
        Capture(bytes[..taken]);
        if (_argument == 0)
        {
            // The line end behind it comes with it, and is cut off.
            int room = Math.Min(taken, MostNameBytes - _nameLength);
            bytes[..room].CopyTo(_name.AsSpan(_nameLength));
            _nameLength += room;
        }

        _skip -= taken;
        if (_skip > 0)
        {
            return taken;
        }

        if (_argument++ == 0)
        {
            OnName();
        }

        if (--_arguments == 0)
        {
            EndRequest();
        }

        return taken;
    }

    private void OnName()
    {
        // A name that is as long as the room is none of those that matter.
        ReadOnlySpan<byte> name = _name.AsSpan(0, (int)Math.Min(_number, _nameLength));
        switch (RespVerbs.Find(name))
        {
            case RespVerb.Ends:
                GiveUp();
                break;
            case RespVerb.Kept:
                _isCaptured = _greeting.Begin(_arguments, name);
                break;
            case RespVerb.Multi:
                _hasMulti = true;
                break;
            case RespVerb.Watch:
                _watches = true;
                break;
            case RespVerb.Unwatch when !_hasMulti:
                _watches = false;
                break;
            case RespVerb.Exec:
                _hasMulti = _watches = false;
                break;
        }
    }

    private void EndRequest()
    {
        _waiting++;
        if (_isCaptured)
        {
            _isCaptured = false;
            if (!_greeting.End())
            {
                GiveUp();
            }
        }
    }

    private void Capture(ReadOnlySpan<byte> bytes)
    {
        if (_isCaptured && !_greeting.TryAdd(bytes, MostGreetingBytes))
        {
            GiveUp();
        }
    }
}
