using SessionGateway.Protocols.Detection;

namespace SessionGateway.Commands;

/// <summary>A connection as commands see it. Fields are written by the connection's own loop; others may read
/// them.</summary>
public abstract class ClientConnection
{
    /// <summary>The deadline of a request that waits as long as it has to.</summary>
    public const long NoDeadline = long.MaxValue;

    private int _parkToken;

    /// <summary>Number of the connection, from 1, never reused.</summary>
    public long Id { get; init; }

    /// <summary>The peer as <c>host:port</c>, or the path of the unix socket with <c>:0</c>.</summary>
    public abstract string RemoteAddress { get; }

    /// <summary>Our side as <c>host:port</c>.</summary>
    public abstract string LocalAddress { get; }

    /// <summary>The port of our side; 0 with a unix socket.</summary>
    public int LocalPort =>
        LocalAddress is var address && int.TryParse(address.AsSpan(address.LastIndexOf(':') + 1), out int port)
            ? port : 0;

    /// <summary>Unix milliseconds of the accept.</summary>
    public long ConnectedAt { get; init; }

    /// <summary>Unix milliseconds of the last bytes from the peer.</summary>
    public long LastActive { get; set; }

    /// <summary>What the peer speaks.</summary>
    public WireProtocol Protocol { get; set; }

    /// <summary>True once the peer logged in, and from the start when no login is configured.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Who logged in; <c>default</c> as in Redis.</summary>
    public string User { get; set; } = "default";

    /// <summary>CLIENT SETNAME.</summary>
    public string Name
    {
        get;
        set => field = Held(field, value);
    } = "";

    /// <summary>CLIENT SETINFO LIB-NAME.</summary>
    public string LibraryName
    {
        get;
        set => field = Held(field, value);
    } = "";

    /// <summary>CLIENT SETINFO LIB-VER.</summary>
    public string LibraryVersion
    {
        get;
        set => field = Held(field, value);
    } = "";

    /// <summary>
    /// Bytes that commands made the process keep for this connection: names, the queue of MULTI, watched keys,
    /// subscriptions. They count in <c>--memory</c> like its buffers; written by its loop.
    /// </summary>
    public long StateBytes { get; private set; }

    /// <summary>CLIENT NO-TOUCH: reads of this connection do not count as accesses.</summary>
    public bool TouchesNothing { get; set; }

    /// <summary>Selected database; memcached connections are always in 0.</summary>
    public int Database { get; set; }

    /// <summary>2 or 3.</summary>
    public int RespVersion { get; set; } = 2;

    /// <summary>Channels subscribed to.</summary>
    public int SubscriptionCount { get; set; }

    /// <summary>Patterns subscribed to.</summary>
    public int PatternCount { get; set; }

    /// <summary>Shard channels subscribed to.</summary>
    public int ShardChannelCount { get; set; }

    /// <summary>MONITOR: is sent every command.</summary>
    public bool IsMonitor { get; set; }

    /// <summary>True for what stands for the primary of this replica: what it says was decided there.</summary>
    public virtual bool IsPrimary => false;

    /// <summary>The number of the Sentinel that said hello here, from 1; 0: none did.</summary>
    public int Sentinel { get; set; }

    /// <summary>What is known of a peer that is a replica; null for others.</summary>
    public ReplicaPeer? Replica { get; set; }

    /// <summary>True with a subscription of any kind.</summary>
    public bool IsSubscribed => SubscriptionCount + PatternCount + ShardChannelCount > 0;

    /// <summary>Commands queued by MULTI; -1 outside of a transaction (CLIENT LIST).</summary>
    public int QueuedCommands { get; set; } = -1;

    /// <summary>Bytes of the commands queued by MULTI, part of <see cref="StateBytes"/> (CLIENT LIST).</summary>
    public long QueueBytes { get; set; }

    /// <summary>Name of the last command in lower case, <c>NULL</c> before the first (CLIENT LIST).</summary>
    public string LastCommand { get; set; } = "NULL";

    /// <summary>Set by a command: send the output, then close.</summary>
    public bool CloseAfterReply { get; set; }

    /// <summary>Set by a protocol: the request in front and all behind it go to the primary, as they are. Nothing of it
    /// has been consumed.</summary>
    public bool IsForwarded { get; set; }

    /// <summary>How often its requests were forwarded before they came here; 0: it is a client.</summary>
    public int Hops { get; set; }

    /// <summary>READONLY: what a replica knows is good enough.</summary>
    public bool TakesOldItems { get; set; }

    /// <summary>CLIENT CAPA redirect: it goes where it is sent.</summary>
    public bool FollowsRedirects { get; set; }

    /// <summary>True while a request waits until it is run again (<see cref="Park"/>).</summary>
    public bool IsParked { get; private set; }

    /// <summary>Token of the wait that <see cref="Park"/> began last; from any thread.</summary>
    public int ParkToken => Volatile.Read(ref _parkToken);

    /// <summary>Unix milliseconds before which no answer is sent (failed logins); 0 = at once.</summary>
    public long ReplyNotBefore { get; set; }

    /// <summary>The peer seems to have closed its side while a long request of it runs; it may still read.</summary>
    public virtual bool LooksAbandoned => false;

    /// <summary>What the connection holds, for CLIENT LIST; from any thread, a moment old.</summary>
    public virtual ClientUsage Usage => new() { Descriptor = -1, StateBytes = StateBytes };

    /// <summary>Counts bytes that a command keeps for the connection; negative: gives them back.</summary>
    public void Hold(long bytes) => StateBytes += bytes;

    /// <summary>Counts bytes that a command wants to keep, unless it would be more than a connection may
    /// hold.</summary>
    public bool TryHold(long bytes, long mostBytes)
    {
        if (StateBytes + bytes > mostBytes)
        {
            return false;
        }

        StateBytes += bytes;
        return true;
    }

    /// <summary>
    /// Keeps the request that is being executed until it is woken or its deadline comes: nothing of it is consumed,
    /// what the peer sent behind it waits, and it is run again then. Called by the request, which must not have
    /// answered.
    /// </summary>
    /// <param name="deadline">What <see cref="DeadlineAfter"/> gave, or <see cref="NoDeadline"/>. A request that is
    /// parked again keeps its deadline.</param>
    /// <returns>The token to wake it with. It is good for this wait only: a late wake, a second one and one for an
    /// earlier wait do nothing.</returns>
    /// <remarks>
    /// Who is to wake it must know the token before anybody can see that something is waited for; that is under the
    /// lock under which the request looked in vain. It ends without being run again when its connection does; what it
    /// keeps elsewhere it takes back in <see cref="ProtocolProcessor.OnClosed"/>.
    /// </remarks>
    public int Park(long deadline)
    {
        IsParked = true;
        WakeReason = WakeReason.None;
        int token = unchecked(_parkToken + 1);
        Volatile.Write(ref _parkToken, token);
        OnParked(deadline);
        return token;
    }

    /// <summary>Has a parked request run again; from any thread, also inside a lock: it only posts a message.</summary>
    /// <param name="token">What <see cref="Park"/> returned.</param>
    public abstract void Wake(int token);

    /// <summary>Has a parked request give up (CLIENT UNBLOCK); from any thread.</summary>
    /// <returns>False when none is parked.</returns>
    public abstract bool TryUnblock(bool withError);

    /// <summary>The deadline that comes in so many milliseconds; not earlier. It does not move when the clock is
    /// set.</summary>
    public abstract long DeadlineAfter(long milliseconds);

    /// <summary>For the request that is run again: why. Later requests are told
    /// <see cref="WakeReason.None"/>.</summary>
    public WakeReason TakeWakeReason()
    {
        WakeReason reason = WakeReason;
        WakeReason = WakeReason.None;
        return reason;
    }

    /// <summary>
    /// Sends bytes to the peer outside a reply (published messages); from any thread, in call order. They are delivered
    /// before further requests of the connection run, unless their source has ended until then. Called by the
    /// connection's own command they are delivered with its reply, whatever becomes of the source.
    /// </summary>
    public abstract void Push(PushSource source, PushedMessage message);

    /// <summary>Within the connection's own command: writes what was pushed to it so far into the output, in
    /// order.</summary>
    public abstract void TakePushes();

    /// <summary>Closes the connection; from any thread. Output that was not sent yet is dropped.</summary>
    public abstract void Kill();

    /// <summary>Why the parked request is to be run again.</summary>
    protected WakeReason WakeReason { get; private set; }

    /// <summary>A request is parked: its deadline has to be kept.</summary>
    protected virtual void OnParked(long deadline)
    {
    }

    /// <summary>
    /// On the connection's loop: the parked request is to be run again. To be unblocked is a reason also for one that
    /// is about to be run again for another.
    /// </summary>
    /// <returns>False when there is none.</returns>
    protected bool TryUnpark(WakeReason reason)
    {
        if (!IsParked && (WakeReason == WakeReason.None || reason is WakeReason.Woken or WakeReason.TimedOut))
        {
            return false;
        }

        IsParked = false;
        WakeReason = reason;
        return true;
    }

    private string Held(string old, string value)
    {
        Hold(sizeof(char) * (value.Length - old.Length));
        return value;
    }
}
