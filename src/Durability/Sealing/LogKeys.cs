namespace SessionGateway.Durability.Sealing;

/// <summary>The keys that a log may be read with.</summary>
/// <param name="All">The first one is written with.</param>
public sealed record LogKeys(IReadOnlyList<LogKey> All)
{
    /// <summary>None.</summary>
    public static LogKeys None { get; } = new([]);

    /// <summary>What the next segment is written with; null: it is not encrypted.</summary>
    public LogKey? Current => All.Count > 0 ? All[0] : null;

    /// <summary>The key of an id; null when it is not there.</summary>
    public LogKey? Find(ReadOnlySpan<byte> id)
    {
        foreach (LogKey key in All)
        {
            if (key.IdAsBytes.SequenceEqual(id))
            {
                return key;
            }
        }

        return null;
    }
}
