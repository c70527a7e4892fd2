using SessionGateway.Commands;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Where requests go that this process does not execute itself; all loops share it. Somebody knows who the primary is
/// and says so by <see cref="Move"/>; connections are spliced to it (ADR 0036).
/// </summary>
internal sealed class Forwarder
{
    private PrimaryPlace _place;
    private int _spliced;

    /// <summary>Of a gateway that has items of its own, which is the primary until it hears otherwise; of an agent
    /// nobody knows who is.</summary>
    /// <param name="isAll">It is an agent.</param>
    public Forwarder(bool isAll)
    {
        IsAll = isAll;
        _place = isAll ? PrimaryPlace.Unknown : PrimaryPlace.Here;
    }

    /// <summary>All requests are forwarded, from the first byte on: there are no items here at any time.</summary>
    public bool IsAll { get; }

    /// <summary>How long a request waits for a primary before it fails.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Commands of a gateway that has items of its own learn here where they are executed; null: an
    /// agent's. Set before they run.</summary>
    public CommandServices? Services { get; set; }

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

        if (Services is not null)
        {
            // Before anybody is told: no request is executed here that comes behind.
            Services.PrimaryElsewhere = place.IsHere ? null : place.Name ?? PrimaryAddress.Unknown;
        }

        foreach (EventLoop loop in Loops)
        {
            loop.Post(new LoopMessage(LoopMessageKind.PrimaryMoved));
        }
    }

    /// <summary>A connection to the primary is open, or over.</summary>
    public void Count(int change) => Interlocked.Add(ref _spliced, change);
}
