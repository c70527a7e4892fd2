namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>The nodes of a memcachedNodes setting.</summary>
internal interface INodeSet
{
    /// <summary>The port a node listens on now.</summary>
    int Port(string node);

    /// <summary>Ends a node with all that it holds.</summary>
    void Kill(string node);

    /// <summary>Brings a killed node back, empty.</summary>
    void Start(string node);
}
