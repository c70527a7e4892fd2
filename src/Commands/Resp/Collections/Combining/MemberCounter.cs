namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>Only counts.</summary>
internal sealed class MemberCounter : IMemberSink
{
    public long Count { get; private set; }

    public bool IsSet => false;

    public bool IsRefused => false;

    public void Add(ReadOnlySpan<byte> member, double score) => Count++;

    /// <summary>Begins anew.</summary>
    public void Clear() => Count = 0;
}
