namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>What a client sent on one connection until the server's turn, and what the server answered.</summary>
internal sealed class Exchange
{
    /// <summary>Time since the start of the recording.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The connection.</summary>
    public required string Connection { get; init; }

    /// <summary>Client to server.</summary>
    public List<Chunk> Request { get; } = [];

    /// <summary>Server to client.</summary>
    public List<Chunk> Reply { get; } = [];

    /// <summary>Whether the server closed the connection after it.</summary>
    public bool ServerCloses { get; set; }
}
