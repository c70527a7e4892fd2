namespace SessionGateway.Store.Segments.Records;

/// <summary>The bytes that a record holds for a value.</summary>
internal readonly ref struct StoredValue
{
    /// <summary>A value as it is.</summary>
    public StoredValue(ValueParts parts) => Parts = parts;

    /// <summary>A compressed value.</summary>
    /// <param name="parts">The bytes for the record.</param>
    /// <param name="plain">The value, where nothing is moved; only when somebody is told of it.</param>
    public StoredValue(ValueParts parts, ReadOnlySpan<byte> plain)
    {
        Parts = parts;
        Plain = plain;
        IsCompressed = true;
    }

    public ValueParts Parts { get; }

    /// <summary>What a compressed value stands for.</summary>
    public ReadOnlySpan<byte> Plain { get; }

    /// <summary>True when the bytes are not the value itself.</summary>
    public bool IsCompressed { get; }

    public int Length => (int)Parts.Length;

    /// <summary>The same with its bytes elsewhere.</summary>
    public StoredValue At(ValueParts parts) => IsCompressed ? new StoredValue(parts, Plain) : new StoredValue(parts);
}
