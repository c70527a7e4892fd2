using System.Text;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Replication;

/// <summary>What happens to a store, told as commands, makes another one the same.</summary>
public sealed class HistoryTests
{
    private const long Far = 4102444800123;

    private ulong _random;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_store_that_executes_the_history_is_the_same(int seed)
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        using ReplicationStream stream = Begin(host);
        using var targetHost = new CommandHost();
        using var target = new RespPeer(targetHost);
        var random = new Random(seed);
        long offset = 0;
        for (int i = 0; i < 1500; i++)
        {
            source.Send(Next(random, i));
            if (i % 100 == 99)
            {
                Assert.DoesNotContain("\r\n-", "\r\n" + target.SendRaw(Read(stream, ref offset)));
            }
        }

        Assert.Equal(Everything.Of(source), Everything.Of(target));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Between_gateways_a_backup_has_flags_and_uniques_and_tells_of_what_it_applies(int seed)
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        using var session = new TextPeer(host);
        using ReplicationStream stream = Begin(host, HistoryForm.Records);
        using var targetHost = new CommandHost();
        using var target = new RespPeer(targetHost);
        using ReplicationStream chain = Begin(targetHost);
        using var thirdHost = new CommandHost();
        using var third = new RespPeer(thirdHost);
        var applier = new RecordApplier(targetHost.Store);
        var random = new Random(seed);
        long offset = 0, next = 0;
        for (int i = 0; i < 1500; i++)
        {
            source.Send(Next(random, i));
            session.Send(NextOfMemcached(random, i));
            if (i % 100 == 99)
            {
                byte[] bytes = Read(stream, ref offset);
                Assert.Equal(bytes.Length, applier.Apply(bytes, int.MaxValue));
                Assert.Null(applier.Problem);
                third.SendRaw(Read(chain, ref next));
            }
        }

        Assert.Equal(Everything.Of(source), Everything.Of(target));
        Assert.Equal(Items.Of(host.Store), Items.Of(targetHost.Store));
        Assert.Equal(Everything.Of(source), Everything.Of(third));
    }

    [Fact]
    public void A_record_that_was_changed_or_left_out_is_found()
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        using ReplicationStream stream = Begin(host, HistoryForm.Records);
        source.Send("SET a 1");
        source.Send("APPEND a 2");
        long offset = 0;
        byte[] bytes = Read(stream, ref offset);
        for (int i = 0; i < bytes.Length; i++)
        {
            using var targetHost = new CommandHost();
            var applier = new RecordApplier(targetHost.Store);
            bytes[i] ^= 0x10;
            int done = applier.Apply(bytes, int.MaxValue);
            bytes[i] ^= 0x10;
            Assert.True(applier.Problem is not null || (applier.NeedBytes > 0 && done < bytes.Length));
        }

        source.Send("APPEND a 3");
        bytes = Read(stream, ref offset);
        using var lacking = new CommandHost();
        var late = new RecordApplier(lacking.Store);
        late.Apply(bytes, int.MaxValue);
        Assert.Equal("a change of an item that is another one here", late.Problem);
    }

    [Theory]
    [InlineData("SET k v EX 10", "SET k v PXAT {+10000}")]
    [InlineData("GETEX t PERSIST", "PERSIST t")]
    [InlineData("APPEND t more", "APPEND t more")]
    [InlineData("INCR n", "SET n 8")]
    [InlineData("EXPIRE t 10", "PEXPIREAT t {+10000}")]
    [InlineData("SPOP s", "DEL s SREM s one")]
    [InlineData("RPUSH l z", "RPUSH l z")]
    [InlineData("LPUSH l z", "LPUSH l z")]
    [InlineData("LPOP l", "LPOP l 1")]
    [InlineData("LSET l 1 z", "LSET l 1 z")]
    [InlineData("GETDEL t", "DEL t")]
    [InlineData("GET t", "")]
    [InlineData("EXPIRE t -1", "DEL t")]
    [InlineData("MSET a 1 b 2", "MULTI SET a 1 SET b 2 EXEC")]
    [InlineData("DEL t none", "MULTI DEL t EXEC")]
    [InlineData("FLUSHDB", "MULTI FLUSHDB EXEC")]
    public void An_effect_is_the_command_that_repeats_it(string command, string told)
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        source.Send("SET t text PX 100000");
        source.Send("SET n 7");
        source.Send("SADD s one");
        source.Send("RPUSH l a b c");
        using ReplicationStream stream = Begin(host);
        source.Send(command);
        long offset = 0;
        string words = Words(Read(stream, ref offset));
        told = told.Replace("{+10000}", $"{host.Clock.Now + 10_000}", StringComparison.Ordinal);
        Assert.Equal(told.Length == 0 ? "" : told.Replace("MULTI", "", StringComparison.Ordinal).Trim(),
            words.Replace("MULTI SELECT 0", "", StringComparison.Ordinal)
                .Replace("SELECT 0", "", StringComparison.Ordinal).Trim());
        Assert.Equal(told.StartsWith("MULTI", StringComparison.Ordinal),
            words.StartsWith("MULTI", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_inserted_comes_between_groups_and_a_reader_is_told_the_database_again()
    {
        using var host = new CommandHost();
        using var source = new RespPeer(host);
        using ReplicationStream stream = Begin(host);
        source.Send("SET a 1");
        long offset = stream.BeginReader();
        source.Send("MULTI");
        source.Send("SET a 2");
        source.Send("SET b 2");
        source.Send("EXEC");
        stream.Ping();
        Assert.Equal("MULTI SELECT 0 SET a 2 SET b 2 EXEC PING", Words(Read(stream, ref offset)));
    }

    [Fact]
    public void An_earlier_name_is_valid_up_to_the_promotion()
    {
        using var stream = new ReplicationStream(HistoryForm.Commands, 4 << 20, Random);
        string primary = new('a', 40);
        stream.Adopt(primary, 100);
        stream.AppendSent("0123456789"u8);
        stream.Promote();
        string own = stream.Id;
        Assert.NotEqual(primary, own);
        Assert.Equal((primary, 111), (stream.SecondId, stream.SecondOffset));
        stream.Ping();
        Assert.True(stream.CanContinue(Encoding.ASCII.GetBytes(primary), 101));
        Assert.True(stream.CanContinue(Encoding.ASCII.GetBytes(primary), 111));
        Assert.False(stream.CanContinue(Encoding.ASCII.GetBytes(primary), 112));
        Assert.False(stream.CanContinue(Encoding.ASCII.GetBytes(primary), 100));
        Assert.True(stream.CanContinue(Encoding.ASCII.GetBytes(own), 112));
        Assert.False(stream.CanContinue(Encoding.ASCII.GetBytes(new string('b', 40)), 105));
        Assert.False(stream.CanContinue(Encoding.ASCII.GetBytes(own), stream.Offset + 2));
        stream.Forget();
        Assert.False(stream.CanContinue(Encoding.ASCII.GetBytes(own), 112));
    }

    private static string NextOfMemcached(Random random, int i)
    {
        int n = random.Next(6);
        return random.Next(6) switch
        {
            0 => $"set mc{n} {i} 0 3\r\nabc\r\n",
            1 => $"append mc{n} 0 0 1\r\nx\r\n",
            2 => $"prepend mc{n} 0 0 2\r\nyz\r\n",
            3 => $"set mc{n} {i} 1000 2\r\n10\r\n",
            4 => $"incr mc{n} 7\r\n",
            _ => $"delete mc{n}\r\n",
        };
    }

    private ReplicationStream Begin(CommandHost host, HistoryForm form = HistoryForm.Commands)
    {
        var stream = new ReplicationStream(form, 64 << 20, Random);
        host.Store.Listen(stream);
        return stream;
    }

    private ulong Random() => ++_random * 0x9E3779B97F4A7C15;

    private static byte[] Read(ReplicationStream stream, ref long offset)
    {
        byte[] bytes = new byte[stream.Offset - offset];
        Assert.Equal(bytes.Length, stream.Backlog.Read(offset, bytes));
        offset += bytes.Length;
        return bytes;
    }

    // Without the heads of arrays and strings.
    private static string Words(byte[] bytes) => string.Join(' ', Encoding.Latin1.GetString(bytes).Split("\r\n")
        .Where(line => line.Length > 0 && line[0] is not ('*' or '$')));

    private static string Next(Random random, int i)
    {
        int n = random.Next(8);
        return random.Next(34) switch
        {
            0 => $"SET k{n} value{i}",
            1 => $"SET k{n} value{i} PXAT {Far + i}",
            2 => $"APPEND k{n} more",
            3 => $"SETRANGE k{n} {random.Next(12)} zz",
            4 => $"DEL k{n}",
            5 => $"INCR c{n}",
            6 => $"HSET h{n} f{random.Next(300)} {new string('v', random.Next(80))}",
            7 => $"HDEL h{n} f{random.Next(300)}",
            8 => $"HINCRBY h{n} count 3",
            9 => $"RPUSH l{n} a{i}",
            10 => $"LPUSH l{n} b{i} c{i}",
            11 => $"LPOP l{n} 2",
            12 => $"RPOP l{n}",
            13 => $"LINSERT l{n} BEFORE a{i - random.Next(60)} x{i}",
            14 => $"LREM l{n} -1 a{i - random.Next(60)}",
            15 => $"LTRIM l{n} 1 {random.Next(12)}",
            16 => $"SADD t{n} m{random.Next(200)} m{random.Next(200)}",
            17 => $"SPOP t{n} 3",
            18 => $"SREM t{n} m{random.Next(200)}",
            19 => $"ZADD z{n} {random.NextDouble():R} m{random.Next(200)}",
            20 => $"ZPOPMAX z{n}",
            21 => $"ZINCRBY z{n} 1.5 m{random.Next(200)}",
            22 => $"RENAME k{n} k{random.Next(8)}",
            23 => $"COPY h{n} hc{n} REPLACE",
            24 => $"SUNIONSTORE u{n} t{n} t{random.Next(8)}",
            25 => $"PEXPIREAT h{n} {Far + i}",
            26 => $"PERSIST h{n}",
            27 => $"EVAL \"redis.call('SET',KEYS[1],ARGV[1]) redis.call('LPUSH',KEYS[2],ARGV[1])\" 2 e{n} el{n} {i}",
            28 => $"RPOPLPUSH l{n} l{random.Next(8)}",
            29 => $"MSET k{n} a{i} k{random.Next(8)} b{i}",
            30 => $"SELECT {(random.Next(4) == 0 ? 5 : 0)}",
            31 => $"MOVE k{n} 5",
            32 => i % 50 == 0 ? "FLUSHDB" : $"LSET l{n} 0 s{i}",
            _ => $"HSETEX h{n} PXAT {Far} FIELDS 1 g{random.Next(5)} {i}",
        };
    }
}
