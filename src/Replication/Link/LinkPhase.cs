namespace SessionGateway.Replication.Link;

/// <summary>How far a replica's conversation with its primary has come.</summary>
public enum LinkPhase
{
    /// <summary>Nothing was said yet.</summary>
    Closed,

    /// <summary>It introduces itself.</summary>
    Handshake,

    /// <summary>A copy of everything comes.</summary>
    Payload,

    /// <summary>The copy is complete and is put into place; nothing is read meanwhile.</summary>
    Loading,

    /// <summary>Commands come.</summary>
    Streaming,

    /// <summary>It cannot go on; a new one may.</summary>
    Failed,
}
