using SessionGateway.Gateway.Transport;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>The links of one loop; touched by its thread only, except where noted.</summary>
internal sealed class LoopLinks(Poller poller)
{
    private readonly List<OutboundLink> _links = [];
    private Queue<OutboundLink> _ready = new();
    private Queue<OutboundLink> _running = new();

    /// <summary>Links that are open or on their way; from any thread.</summary>
    public int Count => _links.Count;

    /// <summary>True while one of them waits for its turn.</summary>
    public bool HasWork => _ready.Count > 0;

    /// <summary>Bytes that their buffers hold; they keep it.</summary>
    public long Bytes { get; set; }

    /// <summary>Opens one.</summary>
    public void Open(OutboundLink link)
    {
        _links.Add(link);
        link.Begin(poller);
    }

    /// <summary>Gives one a turn soon.</summary>
    public void Enqueue(OutboundLink link)
    {
        if (link.TryMarkQueued())
        {
            _ready.Enqueue(link);
        }
    }

    /// <summary>Gives all that wait their turn.</summary>
    public void TakeTurns()
    {
        (_ready, _running) = (_running, _ready);
        while (_running.TryDequeue(out OutboundLink? link))
        {
            link.Turn();
        }
    }

    /// <summary>One is over.</summary>
    public void Leave(OutboundLink link) => _links.Remove(link);

    /// <summary>Ends all: the loop stops.</summary>
    public void EndAll()
    {
        foreach (OutboundLink link in _links.ToArray())
        {
            link.End(new LinkEnd(LinkEndKind.LoopStopped));
        }
    }
}
