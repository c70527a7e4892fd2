namespace SessionGateway.Commands;

/// <summary>What one script keeps between its steps: <see cref="KeyClaims"/>.</summary>
/// <param name="since">Unix milliseconds of its begin.</param>
public sealed class KeyClaim(long since)
{
    private volatile bool _hasWritten;

    /// <summary>Unix milliseconds of its begin.</summary>
    public long Since { get; } = since;

    /// <summary>True once it has changed items: until then others may read what it keeps.</summary>
    public bool HasWritten
    {
        get => _hasWritten;
        set => _hasWritten = value;
    }

    /// <summary>Hashes of its keys.</summary>
    internal List<ulong> Keys { get; } = [];

    /// <summary>Who waits for its end.</summary>
    internal List<(ClientConnection Client, int Token)> Waiters { get; } = [];

    /// <summary>The one whose key it wants; null when it waits for none.</summary>
    internal KeyClaim? WaitsFor { get; set; }
}
