using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Buffers;

/// <summary>The queue beside a list of bytes, and what the list cannot show.</summary>
public sealed class ByteQueueTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_use_keeps_the_bytes_of_a_list()
    {
        int seed = TestSeed.Take(output);
        var random = new Random(seed);
        var queue = default(ByteQueue);
        var twin = new List<byte>();
        for (int i = 0; i < 20_000; i++)
        {
            int size = random.Next(4) == 0 ? random.Next(5000) : random.Next(100);
            switch (random.Next(twin.Count > 100_000 ? 1 : 0, 5))
            {
                case 0:
                    byte[] bytes = new byte[size];
                    random.NextBytes(bytes);
                    queue.Append(bytes);
                    twin.AddRange(bytes);
                    break;
                case 1:
                    Span<byte> room = queue.GetSpan(size);
                    Assert.True(room.Length >= size);
                    int used = random.Next(size + 1);
                    random.NextBytes(room[..used]);
                    twin.AddRange(room[..used]);
                    queue.Advance(used);
                    break;
                case 2 or 3:
                    int gone = random.Next(Math.Min(twin.Count, 2 * size) + 1);
                    queue.Consume(gone);
                    twin.RemoveRange(0, gone);
                    break;
                default:
                    if (random.Next(50) == 0)
                    {
                        queue.Free();
                        twin.Clear();
                    }

                    break;
            }

            Assert.Equal(twin.Count, queue.Length);
            Assert.Equal(twin.Count == 0, queue.IsEmpty);
            Assert.True(queue.Capacity >= queue.Length);
            Assert.True(queue.Bytes.SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(twin)),
                $"seed {seed}, step {i}");
        }

        queue.Free();
    }

    [Fact]
    public void An_empty_queue_holds_no_memory()
    {
        var queue = default(ByteQueue);
        Assert.Equal(0, queue.Capacity);
        queue.Append("abc"u8);
        Assert.InRange(queue.Capacity, 3, 4096);
        queue.Consume(3);
        Assert.Equal(0, queue.Capacity);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Bytes_move_to_the_front_before_the_queue_grows()
    {
        var queue = default(ByteQueue);
        queue.Append(new byte[400]);
        int capacity = queue.Capacity;
        queue.Consume(300);
        queue.Append(new byte[capacity - 150]);
        Assert.Equal(capacity, queue.Capacity);
        Assert.Equal(capacity - 50, queue.Length);
        queue.Free();
    }

    [Fact]
    public void More_than_there_is_cannot_go_and_more_than_there_is_room_for_cannot_come()
    {
        var queue = default(ByteQueue);
        queue.Append("abc"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(queue).Consume(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(queue).Consume(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(queue).Advance(queue.Capacity));
        queue.Free();

        static ByteQueue Copy(ByteQueue original) => original;
    }
}
