using SessionGateway.Durability.Format;
using SessionGateway.DurabilityTests.Support;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Format;

public sealed class RecordTests
{
    private const long Now = 1_790_000_000_000;

    private static readonly SegmentStart Start = new()
    {
        PreviousPosition = 1_000_000, BaseTime = Now - 5000, HighestCas = 7,
    };

    private static readonly SegmentHeader Header =
        new(Guid.Empty, 1, 1, 1, Start.PreviousPosition, Start.BaseTime, 7, SegmentFlags.None);

    [Fact]
    public void Every_kind_of_mutation_comes_back_as_it_was()
    {
        RoundTrip(new Mutation
        {
            Kind = MutationKind.Put, Position = 1_000_001, At = Now, Database = 3, Key = "sess:1"u8, Head = "val"u8,
            Tail = "ue"u8, Flags = uint.MaxValue, Cas = 1UL << 52, ExpiresAt = Now + 1_440_000,
            Form = StringForm.Edited, Marks = new ItemMarks(Now, WasRead: true, IsAnonymous: true),
        });
        RoundTrip(new Mutation
        {
            Kind = MutationKind.Refreshed, Position = 1_000_002, At = Now, Key = "k"u8, Head = "spared"u8, Cas = 5,
            ExpiresAt = Now + 1, Marks = new ItemMarks(Now, false, false),
        });
        RoundTrip(new Mutation
        {
            Kind = MutationKind.Spliced, Position = 1_000_003, At = Now, Key = "k"u8, Head = "abXYZcd"u8, Cas = 6,
            SpliceOffset = 2, SpliceRemoved = 1, SpliceInserted = 3, SplicedLength = 5,
        });
        RoundTrip(new Mutation
        {
            Kind = MutationKind.Element, Position = 1_000_004, At = Now, Key = "z"u8, Head = "member"u8,
            Tail = "field value"u8, Type = ItemType.SortedSet, Element = ElementChangeKind.Inserted, Score = -0.1,
            Index = -1, Count = 3, ExpiresAt = Now + 5, Cas = 9,
        });
        RoundTrip(new Mutation
        {
            Kind = MutationKind.ExpiryChanged, Position = 1_000_005, At = Now, Key = "k"u8, ExpiresAt = long.MaxValue,
        });
        RoundTrip(new Mutation { Kind = MutationKind.Accessed, Position = 1_000_006, Head = "entries"u8 });
        RoundTrip(new Mutation
        {
            Kind = MutationKind.Removed, Position = 1_000_007, Key = "k"u8, Reason = RemoveReason.Evicted, Cas = 8,
        });
        RoundTrip(new Mutation { Kind = MutationKind.Flushed, Position = 1_000_008, Database = 15, Cas = 10 });
        RoundTrip(new Mutation { Kind = MutationKind.GroupBegin, Position = 1_000_009 });
        RoundTrip(new Mutation { Kind = MutationKind.GroupEnd, Position = 1_000_010 });
    }

    [Fact]
    public void A_session_needs_no_more_than_48_bytes_beside_key_and_value()
    {
        byte[] key = new byte[40];
        byte[] value = new byte[1200];
        byte[] record = Encode(new Mutation
        {
            Kind = MutationKind.Put, Position = 1_000_000 + (1 << 20), At = Now + 3_600_000, Key = key, Head = value,
            Cas = 1UL << 52, Flags = 1, ExpiresAt = Now + 3_600_000 + 1_440_000,
        });
        Assert.InRange(record.Length - key.Length - value.Length, 16, 48);
    }

    [Fact]
    public void Random_bodies_are_refused_and_nothing_is_thrown()
    {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] body = new byte[random.Next(1, 60)];
            random.NextBytes(body);
            body[0] = (byte)random.Next(1, 11);
            if (RecordDecoder.TryRead(body, Header, out Mutation mutation))
            {
                Assert.InRange(mutation.Key.Length + mutation.ValueLength, 0, body.Length);
            }
        }
    }

    private static byte[] Encode(in Mutation mutation)
    {
        byte[] numbers = new byte[RecordEncoder.MostHeadBytes];
        int length = RecordEncoder.Write(numbers, mutation, RecordEncoder.KindOf(mutation.Kind), Start,
            out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> tail);
        return [.. numbers.AsSpan(0, length), .. mutation.Key, .. head, .. tail];
    }

    private static void RoundTrip(in Mutation mutation)
    {
        byte[] record = Encode(mutation);
        Assert.True(RecordHead.Read(record, out int length, out _));
        Assert.Equal(record.Length - RecordHead.Bytes, length);
        Assert.True(RecordDecoder.TryRead(record.AsSpan(RecordHead.Bytes), Header, out Mutation back));
        Assert.Equal(MutationText.Of(mutation), MutationText.Of(back));

        // What is cut off is no mutation, or one of another length; it never throws.
        for (int cut = 1; cut < length; cut++)
        {
            RecordDecoder.TryRead(record.AsSpan(RecordHead.Bytes, cut), Header, out _);
        }
    }
}
