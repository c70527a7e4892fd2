namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>What a line of a transcript tells.</summary>
internal enum RecordKind
{
    /// <summary>The client opened a connection.</summary>
    Open,

    /// <summary>A connection ended.</summary>
    Close,

    /// <summary>Client to server, one read of the recording proxy.</summary>
    Request,

    /// <summary>Server to client.</summary>
    Reply,

    /// <summary>A node was killed with everything in it.</summary>
    Kill,

    /// <summary>A killed node came back, empty.</summary>
    Start,
}
