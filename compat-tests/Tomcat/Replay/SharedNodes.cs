using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>Two plain memcached nodes for all transcripts that kill none; emptied before each.</summary>
public sealed class SharedNodes<TStack> : INodeSet, IDisposable
    where TStack : IStack, new()
{
    private readonly Dictionary<string, IMemcached> _nodes = new()
    {
        ["n1"] = new TStack().StartMemcached(),
        ["n2"] = new TStack().StartMemcached(),
    };

    int INodeSet.Port(string node) => _nodes[node].Port;

    void INodeSet.Kill(string node) => throw new InvalidOperationException($"{node} is shared");

    void INodeSet.Start(string node) => throw new InvalidOperationException($"{node} is shared");

    /// <summary>Empties both nodes.</summary>
    internal INodeSet Emptied()
    {
        foreach (IMemcached node in _nodes.Values)
        {
            using var connection = RawConnection.Connect(node.Port);
            connection.Ask("flush_all\r\n", "OK\r\n");
        }
        return this;
    }

    public void Dispose()
    {
        foreach (IMemcached node in _nodes.Values)
            node.Dispose();
    }
}
