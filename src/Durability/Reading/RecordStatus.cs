namespace SessionGateway.Durability.Reading;

/// <summary>Outcome of <see cref="SegmentReader.Read"/>.</summary>
internal enum RecordStatus
{
    /// <summary>A record.</summary>
    Record,

    /// <summary>The segment ends behind the last record.</summary>
    End,

    /// <summary>What follows is no whole record.</summary>
    Broken,

    /// <summary>What follows is whole, but was not encrypted at this place with the log's key.</summary>
    Forged,
}
