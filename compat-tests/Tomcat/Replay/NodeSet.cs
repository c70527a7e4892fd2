using SessionGateway.CompatTests.Clients.Servers;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>One server process a node, started when it is first asked for.</summary>
internal sealed class NodeSet(Func<IServer> start) : INodeSet, IDisposable
{
    private readonly Dictionary<string, IServer> _running = [];
    private readonly HashSet<string> _killed = [];

    /// <inheritdoc/>
    public int Port(string node)
    {
        if (!_running.TryGetValue(node, out IServer? server))
        {
            if (_killed.Contains(node))
                throw new InvalidOperationException($"the client talks to {node}, which was killed");
            _running.Add(node, server = start());
        }
        return server.Port;
    }

    /// <inheritdoc/>
    public void Kill(string node)
    {
        _killed.Add(node);
        if (_running.Remove(node, out IServer? server))
            server.Dispose();
    }

    /// <inheritdoc/>
    public void Start(string node) => _killed.Remove(node);

    public void Dispose()
    {
        foreach (IServer server in _running.Values)
            server.Dispose();
    }
}
