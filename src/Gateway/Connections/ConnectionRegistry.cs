using SessionGateway.Commands;

namespace SessionGateway.Gateway.Connections;

/// <summary>The connections of all loops.</summary>
internal sealed class ConnectionRegistry : IConnectionRegistry
{
    /// <summary>The loops; set once they exist.</summary>
    public IReadOnlyList<EventLoop> Loops { get; set; } = [];

    /// <inheritdoc/>
    public int Count => Loops.Sum(loop => loop.ConnectionCount);

    /// <inheritdoc/>
    public IReadOnlyList<ClientConnection> Snapshot()
    {
        List<Connection> all = All();
        all.Sort((a, b) => a.Id.CompareTo(b.Id));
        return all;
    }

    /// <summary>A copy of the list, in no order.</summary>
    public List<Connection> All()
    {
        var all = new List<Connection>();
        foreach (EventLoop loop in Loops)
        {
            loop.CopyConnectionsTo(all);
        }

        return all;
    }
}
