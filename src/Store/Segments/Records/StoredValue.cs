namespace SessionGateway.Store.Segments.Records;

/// <summary>The bytes that a record holds for a value.</summary>
internal readonly ref struct StoredValue(ValueParts parts, bool isCompressed)
{
    public ValueParts Parts { get; } = parts;

    /// <summary>True when they are not the value itself.</summary>
    public bool IsCompressed { get; } = isCompressed;

    public int Length => (int)Parts.Length;
}
