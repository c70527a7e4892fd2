using SessionGateway.Durability.Format;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Replication.Link;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Stream;

/// <summary>
/// Writes effects as the records of the append log (ADR 0024), each with its checksum: client flags, cas uniques,
/// expiries of fields, groups. Nothing is relative to a segment: there is none.
/// </summary>
internal sealed class RecordWriter(OutputBuffer output) : IEffectWriter
{
    /// <summary>The primary lives; no effect.</summary>
    public const byte Ping = 96;

    /// <summary>How far is the replica? No effect.</summary>
    public const byte Question = 97;

    private static readonly SegmentStart Start = new() { PreviousPosition = 0, BaseTime = 0, HighestCas = 0 };

    /// <inheritdoc/>
    public bool IsInGroup { get; private set; }

    /// <inheritdoc/>
    public void ForgetDatabase()
    {
    }

    /// <inheritdoc/>
    public void Write(in Mutation mutation)
    {
        IsInGroup = mutation.Kind == MutationKind.GroupBegin
            || (IsInGroup && mutation.Kind != MutationKind.GroupEnd);
        Write(mutation, RecordEncoder.KindOf(mutation.Kind));
    }

    /// <summary>Writes a mutation as a kind of record.</summary>
    public void Write(in Mutation mutation, RecordKind kind)
    {
        Span<byte> numbers = output.GetSpan(RecordEncoder.MostHeadBytes);
        int length = RecordEncoder.Write(
            numbers, mutation, kind, Start, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> tail);
        output.Advance(length);
        output.Write(mutation.Key);
        output.Write(head);
        output.Write(tail);
    }

    /// <inheritdoc/>
    public void WritePair(in PairMessage message)
    {
        Span<byte> numbers = stackalloc byte[PairMessage.Bytes];
        message.Write(numbers);
        Write(new Mutation { Kind = MutationKind.GroupEnd, Key = numbers }, (RecordKind)message.Kind);
    }

    /// <inheritdoc/>
    public void WritePing() => Write(default, (RecordKind)Ping);

    /// <inheritdoc/>
    public void WriteQuestion() => Write(default, (RecordKind)Question);
}
