using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Follows a conversation that is relayed, in any pieces: whether a request is on its way, and what a new connection
/// must be told before the conversation can go on there. It changes nothing of the bytes and keeps none but those of
/// logins and the like. What it does not understand makes it unsure, never wrong.
/// </summary>
internal abstract class ConversationTracker
{
    /// <summary>Most bytes kept of what a new connection is told (a name and a password of 1 KB, escaped).</summary>
    protected const int MostGreetingBytes = 4096;

    /// <summary>True from the first thing on that another connection could not go on with: subscriptions, a quit, what
    /// is not understood. It ends with its connection.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>True while nothing is on its way and nothing that was sent is kept by the other side: the conversation
    /// can go on elsewhere.</summary>
    public bool IsQuiet => !IsUnsure && IsBetween;

    /// <summary>True when whole requests were sent and all have been answered.</summary>
    protected abstract bool IsBetween { get; }

    /// <summary>Makes what follows a protocol.</summary>
    public static ConversationTracker Create(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Resp => new RespTracker(),
        WireProtocol.MemcachedBinary => new BinaryTracker(),
        _ => new TextTracker(),
    };

    /// <summary>These bytes of requests have been given to the connection.</summary>
    public void OnSent(ReadOnlySpan<byte> bytes)
    {
        if (!IsUnsure)
        {
            Sent(bytes);
        }
    }

    /// <summary>These bytes of replies have come.</summary>
    public void OnReceived(ReadOnlySpan<byte> bytes)
    {
        if (!IsUnsure)
        {
            Received(bytes);
        }
    }

    /// <summary>The client has said this before its bytes were relayed: a new connection is told, too.</summary>
    /// <param name="request">A request with one reply, or one that takes the next one's away.</param>
    /// <param name="isOnce">It holds for the first connection only.</param>
    public abstract void Greet(byte[] request, bool isOnce);

    /// <summary>A connection has answered to the greeting.</summary>
    public virtual void EndGreeting()
    {
    }

    /// <summary>Writes the requests by which a new connection comes to where the old one was.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="hops">How often the requests have been forwarded with this time, for a gateway that is told so; 0:
    /// nobody is.</param>
    /// <returns>How many replies they have; 0: nothing is needed.</returns>
    public abstract int WriteGreeting(ref ByteQueue to, int hops);

    /// <summary>Takes replies to the greeting.</summary>
    /// <param name="bytes">What has come.</param>
    /// <param name="hasFailed">True when one of them is an error.</param>
    /// <returns>How many have ended.</returns>
    public abstract int TakeGreetingReplies(ReadOnlySpan<byte> bytes, out bool hasFailed);

    /// <summary>The answer to a request when nobody can be asked, before its connection is closed: memcached clients
    /// get none, because PHP takes an error for an empty session (ADR 0029).</summary>
    public virtual void WriteRefusal(ref ByteQueue to)
    {
    }

    /// <summary>Whole and partial requests.</summary>
    protected abstract void Sent(ReadOnlySpan<byte> bytes);

    /// <summary>Whole and partial replies.</summary>
    protected abstract void Received(ReadOnlySpan<byte> bytes);

    /// <summary>From now on nothing is known.</summary>
    protected void GiveUp() => IsUnsure = true;
}
