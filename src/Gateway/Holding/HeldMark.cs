namespace SessionGateway.Gateway.Holding;

/// <summary>Bytes of one connection that wait for a position: in the line of the connection, and in that of its
/// loop.</summary>
internal sealed class HeldMark(HeldReplies owner)
{
    /// <summary>Whose.</summary>
    public HeldReplies Owner { get; } = owner;

    /// <summary>What they wait for.</summary>
    public long Position { get; set; }

    /// <summary>Milliseconds of the loop's clock since when they wait; 0 where that is of no interest.</summary>
    public long Since { get; set; }

    /// <summary>How many; they lie behind those of the mark before.</summary>
    public int Bytes { get; set; }

    /// <summary>The next one of the same connection, or of its unused ones.</summary>
    public HeldMark? Later { get; set; }

    /// <summary>The next one of the loop.</summary>
    public HeldMark? Next { get; set; }

    /// <summary>The one before in the loop.</summary>
    public HeldMark? Previous { get; set; }
}
