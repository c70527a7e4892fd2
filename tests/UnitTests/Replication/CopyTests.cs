using SessionGateway.Protocols.Buffers;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;
using SessionGateway.Store;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Replication;

/// <summary>A store becomes a file of Redis, the file commands, and the commands another store.</summary>
public sealed class CopyTests
{
    private const long Far = 4102444800123;
    private const int Entries = 2000;

    [Theory, InlineData(1), InlineData(17), InlineData(100_000)]
    public void A_store_that_is_copied_is_the_same_whatever_the_pieces(int piece)
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        Fill(source);
        byte[] copy = Copy(host.Store);
        using var targetHost = new CommandHost();
        using var target = new RespPeer(targetHost);
        target.SendRaw(Commands(copy, piece));
        Assert.Equal(Everything.Of(source), Everything.Of(target));
    }

    [Fact]
    public void What_a_long_value_needed_is_not_asked_for_at_the_end()
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        source.Send($"SET long {new string('x', 400_000)}");
        source.Send("SET a b");
        byte[] copy = Copy(host.Store);
        using var output = new OutputBuffer(1024, int.MaxValue);
        using var reader = new RdbRequests();
        int start = 0, end = 0;
        while (!reader.IsAtEnd)
        {
            Assert.True(start + reader.NeedBytes <= copy.Length, "more is wanted than there is");
            end = Math.Max(end, start + reader.NeedBytes);
            output.Clear();
            start += reader.Read(copy.AsSpan(start, end - start), output, mostOutput: 10);
            Assert.Null(reader.Problem);
        }
    }

    [Fact]
    public void A_byte_that_was_changed_is_found()
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        Fill(source);
        byte[] copy = Copy(host.Store);
        copy[^20] ^= 1;
        using var output = new OutputBuffer(1024, int.MaxValue);
        using var reader = new RdbRequests();
        int taken = 0;
        while (reader.Problem is null && !reader.IsAtEnd)
        {
            taken += reader.Read(copy.AsSpan(taken), output, int.MaxValue);
        }

        Assert.NotNull(reader.Problem);
    }

    [Fact]
    public void Writers_go_on_and_the_copy_is_of_the_moment_at_which_it_began()
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        Fill(source);
        List<string> before = Everything.Of(source);
        int i = 0;
        byte[] copy = Copy(host.Store, () =>
        {
            source.Send($"HSET large:h new{i} x");
            source.Send($"LPOP large:l");
            source.Send($"SET plain {i}");
            source.Send($"DEL h");
            i++;
        });
        Assert.True(i > 10);
        using var targetHost = new CommandHost();
        using var target = new RespPeer(targetHost);
        target.SendRaw(Commands(copy, 5000));
        Assert.Equal(before, Everything.Of(target));
    }

    [Theory, InlineData(1), InlineData(100_000)]
    public void Between_gateways_a_copy_has_flags_uniques_and_expiries_of_fields(int piece)
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        Fill(source);
        source.Send($"HPEXPIREAT h {Far} FIELDS 1 f");
        int i = 0;
        byte[] copy = Copy(host.Store, () => source.Send($"HSET large:h new{i++} x"), HistoryForm.Records)[..^8];
        using var targetHost = new CommandHost();
        using var target = new RespPeer(targetHost);
        target.Send("SET plain other");
        target.Send("HSET large:h other field");
        var applier = new RecordApplier(targetHost.Store);
        applier.BeginCopy();
        for (int start = 0, end = 0; !applier.IsCopied;)
        {
            end = Math.Min(copy.Length, Math.Max(end + piece, start + applier.NeedBytes));
            start += applier.Apply(copy.AsSpan(start, end - start), most: 100);
            Assert.Null(applier.Problem);
        }

        Assert.Equal("*1 :" + Far, target.Send("HPEXPIRETIME h FIELDS 1 f"));
        Assert.Equal("$6 value0", target.Send("HGET large:h field0"));
        Assert.Equal($":{Entries}", target.Send("HLEN large:h"));
        Assert.Equal(Items.Of(host.Store, except: "large:h"), Items.Of(targetHost.Store, except: "large:h"));
        Assert.True(applier.HasCopied(0, "plain"u8));
        Assert.False(applier.HasCopied(5, "plain"u8));
    }

    private static void Fill(RespPeer peer)
    {
        peer.Send("SET plain value");
        peer.Send("SET number -70000");
        peer.Send($"SET timed {new string('x', 5000)} PXAT {Far}");
        peer.Send("HSET h f v g w");
        peer.Send("RPUSH l a b b");
        peer.Send("SADD s 1 b");
        peer.Send("ZADD z 0.1 a inf b");
        peer.Send($"PEXPIREAT z {Far + 1}");
        for (int i = 0; i < Entries; i += 100)
        {
            int[] some = [.. Enumerable.Range(i, 100)];
            peer.Send("HSET large:h " + string.Join(' ', some.Select(n => $"field{n} value{n}")));
            peer.Send("RPUSH large:l " + string.Join(' ', some.Select(n => $"element{n}")));
            peer.Send("SADD large:s " + string.Join(' ', some.Select(n => $"member{n}")));
            peer.Send("ZADD large:z " + string.Join(' ', some.Select(n => $"{n / 7.0:R} member{n}")));
        }

        peer.Send($"PEXPIREAT large:h {Far}");
        peer.Send("SELECT 5");
        peer.Send("SET other database");
        peer.Send("SELECT 0");
    }

    private static byte[] Copy(
        ItemStore store, Action? between = null, HistoryForm form = HistoryForm.Commands)
    {
        using var file = new SnapshotFile(now: 1, "7.2.4", form);
        using StoreSnapshot snapshot = store.TryBeginSnapshot(file, now: 1)!;
        for (int shard = 0; shard < store.Shards.Length; shard++)
        {
            while (!snapshot.Step(shard, 10))
            {
                between?.Invoke();
            }
        }

        Assert.True(file.TryEnd());
        byte[] room = new byte[1000];
        var bytes = new MemoryStream();
        for (int count; (count = file.Take(room)) > 0;)
        {
            bytes.Write(room, 0, count);
        }

        Assert.True(file.IsDone);
        return bytes.ToArray();
    }

    private static byte[] Commands(byte[] copy, int piece)
    {
        using var output = new OutputBuffer(1024, int.MaxValue);
        using var reader = new RdbRequests();
        int start = 0, end = 0;
        while (!reader.IsAtEnd && reader.Problem is null)
        {
            end = Math.Min(copy.Length, Math.Max(end + piece, start + reader.NeedBytes));
            start += reader.Read(copy.AsSpan(start, end - start), output, int.MaxValue);
        }

        Assert.Null(reader.Problem);
        Assert.Equal(copy.Length, start);
        return output.Written.ToArray();
    }
}
