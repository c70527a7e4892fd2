using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Follows memcached binary. Answers carry the code of their request and come in its order: that to a request which is
/// always answered says that all before it are done with, quiet ones, too.
/// </summary>
internal sealed class BinaryTracker : ConversationTracker
{
    private const byte ResponseMagic = 0x81;
    private const byte Version = 0x0b;
    private const byte Stat = 0x10;
    private const byte QuitLoud = 0x07;
    private const byte QuitQuiet = 0x17;
    private const byte SaslAuth = 0x21;
    private const byte SaslStep = 0x22;

    private readonly PacketCutter _requests = new();
    private readonly PacketCutter _replies = new();
    private readonly List<byte[]> _greeting = [];
    private PacketCutter _greeted = new();
    private long _waiting;
    private bool _endsQuietly;

    /// <inheritdoc/>
    protected override bool IsBetween =>
        _waiting == 0 && !_endsQuietly && _requests.IsBetween && _replies.IsBetween;

    /// <inheritdoc/>
    public override void Greet(byte[] request, bool isOnce) => _greeting.Add(request);

    /// <inheritdoc/>
    public override int WriteGreeting(ref ByteQueue to, int hops)
    {
        _greeted = new PacketCutter();
        foreach (byte[] request in _greeting)
        {
            to.Append(request);
        }

        if (hops > 0)
        {
            // A version whose opaque field says it, "GW" and the number: nobody else minds.
            Span<byte> request = stackalloc byte[BinaryHeader.Bytes];
            request.Clear();
            (request[0], request[1]) = (BinaryHeader.RequestMagic, Version);
            (request[12], request[13], request[15]) = ((byte)'G', (byte)'W', (byte)hops);
            to.Append(request);
        }

        return _greeting.Count + (hops > 0 ? 1 : 0);
    }

    /// <inheritdoc/>
    public override int TakeGreetingReplies(ReadOnlySpan<byte> bytes, out bool hasFailed)
    {
        int ended = 0;
        hasFailed = false;
        while (_greeted.TryNext(ref bytes))
        {
            ended++;
            hasFailed |= _greeted.Status != 0 || _greeted.Magic != ResponseMagic;
        }

        return ended;
    }

    /// <inheritdoc/>
    protected override void Sent(ReadOnlySpan<byte> bytes)
    {
        while (_requests.TryNext(ref bytes))
        {
            byte code = _requests.Code;
            if (code is QuitLoud or QuitQuiet or SaslAuth or SaslStep)
            {
                GiveUp();
                return;
            }

            _endsQuietly = IsQuietCode(code);
            _waiting += _endsQuietly ? 0 : 1;
        }
    }

    /// <inheritdoc/>
    protected override void Received(ReadOnlySpan<byte> bytes)
    {
        while (_replies.TryNext(ref bytes))
        {
            // Each figure of stat is a packet; one without a name ends them.
            bool isPart = _replies.Code == Stat && _replies.KeyLength > 0;
            _waiting -= isPart || IsQuietCode(_replies.Code) ? 0 : 1;
        }

        if (_waiting < 0)
        {
            GiveUp();
        }
    }

    // protocol_binary.h: GETQ, GETKQ, SETQ to FLUSHQ, APPENDQ, PREPENDQ, GATQ, GATKQ.
    private static bool IsQuietCode(byte code) =>
        code is 0x09 or 0x0d or (>= 0x11 and <= 0x16) or 0x18 or 0x19 or 0x1a or 0x1e or 0x24;
}
