namespace SessionGateway.Protocols.Rdb;

/// <summary>A record of a file, valid until the next call of its reader.</summary>
public readonly ref struct RdbRecord
{
    /// <summary>What it is.</summary>
    public RdbRecordKind Kind { get; init; }

    /// <summary>A key, or the name of an auxiliary text.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>An auxiliary text.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The type of the value that follows a key.</summary>
    public RdbType Type { get; init; }

    /// <summary>The number of the database; of a key, too.</summary>
    public int Database { get; init; }

    /// <summary>Unix milliseconds at which the key ends; 0 = never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>Seconds that the key was not used; -1: not known.</summary>
    public long IdleSeconds { get; init; }
}
