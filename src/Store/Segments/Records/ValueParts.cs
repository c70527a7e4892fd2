
namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// The two parts of a value to be written, and zero bytes between them. Either part may lie in the memory that is
/// written to (an append keeps the old value as its head), so the order of the copies matters.
/// </summary>
internal readonly ref struct ValueParts(ReadOnlySpan<byte> head, int zeros, ReadOnlySpan<byte> tail)
{
    public ReadOnlySpan<byte> Head { get; } = head;

    public int Zeros { get; } = zeros;

    public ReadOnlySpan<byte> Tail { get; } = tail;

    public long Length => (long)Head.Length + Zeros + Tail.Length;

    private int TailStart => Head.Length + Zeros;

    /// <summary>True when the bytes are these.</summary>
    public bool SequenceEqual(ReadOnlySpan<byte> value) =>
        value.Length == Length && value[..Head.Length].SequenceEqual(Head) && value[TailStart..].SequenceEqual(Tail)
        && !value[Head.Length..TailStart].ContainsAnyExcept((byte)0);

    /// <summary>Writes the parts one after the other.</summary>
    public void CopyTo(Span<byte> target)
    {
        Span<byte> headTarget = target[..Head.Length];
        Span<byte> tailTarget = target.Slice(TailStart, Tail.Length);
        if (Tail.IsEmpty || !headTarget.Overlaps(Tail))
        {
            Head.CopyTo(headTarget);
            Tail.CopyTo(tailTarget);
        }
        else if (!tailTarget.Overlaps(Head))
        {
            Tail.CopyTo(tailTarget);
            Head.CopyTo(headTarget);
        }
        else
        {
            // Each copy would destroy the other's source: the head waits elsewhere.
            byte[] waiting = ScratchArrays.Pool.Rent(Head.Length);
            Head.CopyTo(waiting);
            Tail.CopyTo(tailTarget);
            waiting.AsSpan(0, Head.Length).CopyTo(headTarget);
            ScratchArrays.Pool.Return(waiting);
        }

        // Last: the source of the head may lie here.
        target[Head.Length..TailStart].Clear();
    }
}
