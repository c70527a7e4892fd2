using System.Runtime.InteropServices;
using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Buffers;

/// <summary>The buffer beside a list of bytes, and its limit.</summary>
public sealed class OutputBufferTests(ITestOutputHelper output)
{
    private const int MaxBytes = 20_000;

    [Fact]
    public void Random_use_keeps_the_bytes_of_a_list()
    {
        int seed = TestSeed.Take(output);
        var random = new Random(seed);
        using var buffer = new OutputBuffer(64, MaxBytes);
        var twin = new List<byte>();
        for (int i = 0; i < 50_000; i++)
        {
            bool isOver = WriteOne(buffer, twin, random) && twin.Count > MaxBytes;
            Assert.Equal(isOver, buffer.Overflowed);
            if (isOver)
            {
                Assert.Equal(0, buffer.Length);
                buffer.Clear(random.Next(2) == 0 ? int.MaxValue : 1000);
                twin.Clear();
            }

            Assert.Equal(twin.Count, buffer.Length);
            Assert.True(buffer.Written.SequenceEqual(CollectionsMarshal.AsSpan(twin)), $"seed {seed}, step {i}");
        }
    }

    [Theory]
    [InlineData(MaxBytes, false)]
    [InlineData(MaxBytes + 1, true)]
    public void What_passes_the_limit_leaves_an_empty_buffer(int bytes, bool isOver)
    {
        using var buffer = new OutputBuffer(64, MaxBytes);
        buffer.Write(new byte[bytes]);
        Assert.Equal(isOver, buffer.Overflowed);
        Assert.Equal(isOver ? 0 : bytes, buffer.Length);
        buffer.Clear();
        buffer.GetSpan(bytes);
        buffer.Advance(bytes);
        Assert.Equal(isOver, buffer.Overflowed);
        buffer.Clear();
        Assert.False(buffer.Overflowed);
    }

    [Fact]
    public void Memory_goes_back_when_the_buffer_is_cleared()
    {
        using var buffer = new OutputBuffer(64, 1 << 20);
        buffer.Write(new byte[100_000]);
        Assert.True(buffer.Capacity >= 100_000);
        buffer.Clear(keepBytes: 4096);
        Assert.Equal(4096, buffer.Capacity);
        buffer.Clear(keepBytes: 1);
        Assert.Equal(64, buffer.Capacity);
    }

    [Fact]
    public void More_than_there_is_room_for_cannot_come()
    {
        using var buffer = new OutputBuffer(64, MaxBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(buffer.Capacity + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }

    // True when it wrote, false when it took something back.
    private static bool WriteOne(OutputBuffer buffer, List<byte> twin, Random random)
    {
        byte[] bytes = new byte[random.Next(20) == 0 ? random.Next(5000) : random.Next(60)];
        random.NextBytes(bytes);
        long number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        switch (random.Next(7))
        {
            case 0:
                buffer.WriteByte(7);
                twin.Add(7);
                return true;
            case 1:
                buffer.WriteNumber(number);
                twin.AddRange(Encoding.ASCII.GetBytes($"{number}"));
                return true;
            case 2:
                buffer.WriteNumber((ulong)number);
                twin.AddRange(Encoding.ASCII.GetBytes($"{(ulong)number}"));
                return true;
            case 3:
                string text = new('ä', bytes.Length % 50);
                buffer.WriteText(text);
                twin.AddRange(Encoding.UTF8.GetBytes(text));
                return true;
            case 4:
                int length = random.Next(2 * twin.Count + 1);
                buffer.Truncate(length);
                twin.RemoveRange(Math.Min(length, twin.Count), twin.Count - Math.Min(length, twin.Count));
                return false;
            case 5:
                bytes.CopyTo(buffer.GetSpan(bytes.Length));
                buffer.Advance(bytes.Length);
                twin.AddRange(bytes);
                return true;
            default:
                buffer.Write(bytes);
                twin.AddRange(bytes);
                return true;
        }
    }
}
