namespace SessionGateway.Commands;

/// <summary>What INFO and ROLE tell of replication.</summary>
public sealed record ReplicationFigures
{
    /// <summary>Name of the history.</summary>
    public required string Id { get; init; }

    /// <summary>Its name before.</summary>
    public required string SecondId { get; init; }

    /// <summary>The first offset that is not of <see cref="SecondId"/>, -1 without one.</summary>
    public required long SecondOffset { get; init; }

    /// <summary>Offset of the history.</summary>
    public required long Offset { get; init; }

    /// <summary>The history is kept.</summary>
    public required bool KeepsBacklog { get; init; }

    /// <summary>Most bytes of it that are kept.</summary>
    public required long BacklogSize { get; init; }

    /// <summary>Offset of the first byte that is kept.</summary>
    public required long BacklogStart { get; init; }

    /// <summary>Copies that were begun for replicas.</summary>
    public required long FullCopies { get; init; }

    /// <summary>Replicas that went on where they were.</summary>
    public required long Continued { get; init; }

    /// <summary>Replicas that wanted to and could not.</summary>
    public required long NotContinued { get; init; }

    /// <summary>Who reads it.</summary>
    public required IReadOnlyList<ReplicaFigures> Replicas { get; init; }

    /// <summary>Whether Sentinel may promote this node; 0: it may not.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Whose replica this is; null for a primary.</summary>
    public PrimaryFigures? Primary { get; init; }
}
