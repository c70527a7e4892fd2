using SessionGateway.Replication.Stream;

namespace SessionGateway.UnitTests.Replication;

public sealed class BacklogTests
{
    [Fact]
    public void What_was_added_is_read_at_its_offset_in_any_pieces()
    {
        var backlog = new Backlog(8 << 20);
        backlog.Restart(1000);
        byte[] bytes = Noise(3_000_000, seed: 1);
        for (int at = 0, step = 1; at < bytes.Length; at += step, step = (step * 7 % 100_003) + 1)
        {
            backlog.Append(bytes.AsSpan(at, Math.Min(step, bytes.Length - at)));
        }

        Assert.Equal((1000, 1000 + bytes.Length), (backlog.Start, backlog.End));
        byte[] room = new byte[70_001];
        for (long offset = backlog.Start; offset < backlog.End;)
        {
            int count = backlog.Read(offset, room);
            Assert.True(count > 0);
            Assert.True(room.AsSpan(0, count).SequenceEqual(bytes.AsSpan((int)(offset - 1000), count)));
            offset += count;
        }

        Assert.Equal(0, backlog.Read(backlog.End, room));
        Assert.Equal(-1, backlog.Read(backlog.End + 1, room));
        Assert.Equal(-1, backlog.Read(999, room));
    }

    [Fact]
    public void Memory_stays_within_the_limit_and_who_is_too_far_behind_has_lost_the_history()
    {
        var backlog = new Backlog(4 << 20);
        byte[] bytes = Noise(20 << 20, seed: 2);
        byte[] room = new byte[1000];
        for (int at = 0; at < bytes.Length; at += 77_777)
        {
            backlog.Append(bytes.AsSpan(at, Math.Min(77_777, bytes.Length - at)));
            Assert.InRange(backlog.HeldBytes, 1, 4 << 20);
            Assert.InRange(backlog.End - backlog.Start, 1, 4 << 20);
            Assert.True(backlog.End < (4 << 20) || backlog.End - backlog.Start >= 3 << 20);
            int count = backlog.Read(backlog.Start, room);
            Assert.True(room.AsSpan(0, count).SequenceEqual(bytes.AsSpan((int)backlog.Start, count)));
            Assert.Equal(backlog.Start == 0 ? count : -1, backlog.Read(0, room));
        }
    }

    [Fact]
    public void A_value_longer_than_the_backlog_leaves_its_end()
    {
        var backlog = new Backlog(2 << 20);
        byte[] bytes = Noise(5 << 20, seed: 3);
        backlog.Append(bytes);
        byte[] room = new byte[2 << 20];
        int count = backlog.Read(backlog.Start, room);
        Assert.Equal(backlog.End - backlog.Start, count);
        Assert.True(room.AsSpan(0, count).SequenceEqual(bytes.AsSpan((int)backlog.Start)));
    }

    private static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
