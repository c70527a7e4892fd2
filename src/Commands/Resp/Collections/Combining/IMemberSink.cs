namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>Takes the members of a combination.</summary>
internal interface IMemberSink
{
    /// <summary>Members taken.</summary>
    long Count { get; }

    /// <summary>A member that it has already is no second one.</summary>
    bool IsSet { get; }

    /// <summary>True when one was not taken, because memory is out.</summary>
    bool IsRefused { get; }

    /// <summary>Takes a member, perhaps once more.</summary>
    void Add(ReadOnlySpan<byte> member, double score);
}
