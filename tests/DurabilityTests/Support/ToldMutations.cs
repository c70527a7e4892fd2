using SessionGateway.Durability.Format;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>Everything that was told of a store, so that what it was at a position can be made again.</summary>
internal sealed class ToldMutations : IMutationListener
{
    private static readonly SegmentStart Start =
        new() { PreviousPosition = 0, BaseTime = 0, HighestCas = 0 };

    private static readonly SegmentHeader Header = new(default, 1, 1, 1, 0, 0, 0, SegmentFlags.None);

    private readonly List<(long Position, bool IsEndOfGroup, byte[] Body)> _told = [];
    private bool _isInGroup;

    /// <inheritdoc/>
    public bool WantsAccesses => false;

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        Span<byte> numbers = stackalloc byte[RecordEncoder.MostHeadBytes];
        int length = RecordEncoder.Write(
            numbers, mutation, RecordEncoder.KindOf(mutation.Kind), Start, out ReadOnlySpan<byte> head,
            out ReadOnlySpan<byte> tail);
        _isInGroup = mutation.Kind == MutationKind.GroupBegin
            || (_isInGroup && mutation.Kind != MutationKind.GroupEnd);
        byte[] body = [.. numbers[RecordHead.Bytes..length], .. mutation.Key, .. head, .. tail];
        _told.Add((mutation.Position, !_isInGroup, body));
    }

    /// <summary>The last position up to one at which no group was half told.</summary>
    public long WholeUpTo(long position) =>
        _told.FindLast(t => t.Position <= position && t.IsEndOfGroup).Position;

    /// <summary>What comes behind a position has never been.</summary>
    public void Forget(long after) => _told.RemoveAll(t => t.Position > after);

    /// <summary>Tells everything up to a position again.</summary>
    public void Replay(long upTo, IMutationSink sink)
    {
        foreach ((long position, _, byte[] body) in _told)
        {
            if (position > upTo)
            {
                return;
            }

            Assert.True(RecordDecoder.TryRead(body, Header, out Mutation mutation), "what was told is not read");
            Assert.Equal(ApplyStatus.Applied, sink.Apply(mutation));
        }
    }
}
