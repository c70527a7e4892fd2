namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Where requests go that this process does not execute itself; all loops share it. Somebody knows who the primary is
/// and says so by <see cref="Move"/>; connections are spliced to it (ADR 0036).
/// </summary>
internal sealed class Forwarder
{
    private PrimaryPlace _place = PrimaryPlace.Unknown;
    private int _spliced;

    /// <summary>All requests are forwarded, from the first byte on: there are no items here at any time.</summary>
    public bool IsAll { get; init; }

    /// <summary>How long a request waits for a primary before it fails.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The loops; set before they run.</summary>
    public IReadOnlyList<EventLoop> Loops { get; set; } = [];

    /// <summary>Where the items are; from any thread.</summary>
    public PrimaryPlace Place => Volatile.Read(ref _place);

    /// <summary>Counters.</summary>
    public ForwarderStats Stats { get; } = new();

    /// <summary>Connections that have one to the primary now; from any thread.</summary>
    public int Spliced => Volatile.Read(ref _spliced);

    /// <summary>The primary is known, or no longer; from any thread. Connections follow.</summary>
    public void Move(PrimaryPlace place)
    {
        if (Interlocked.Exchange(ref _place, place) == place)
        {
            return;
        }

        foreach (EventLoop loop in Loops)
        {
            loop.Post(new LoopMessage(LoopMessageKind.PrimaryMoved));
        }
    }

    /// <summary>A connection to the primary is open, or over.</summary>
    public void Count(int change) => Interlocked.Add(ref _spliced, change);
}
