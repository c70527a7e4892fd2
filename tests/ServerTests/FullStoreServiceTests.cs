using SessionGateway.ServerTests.InMemory;
using SessionGateway.Store.Segments;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>
/// A store full of sessions of 20,000 bytes serves a page of each of them again and again: the handler's lock, the
/// session, its renewal, the lock's end. memcached -M does so, too.
/// </summary>
public sealed class FullStoreServiceTests
{
    private const int Rounds = 4;

    private static readonly SegmentStoreOptions Small = new() { MemoryLimit = 16 << 20, Seed = 3 };
    private static readonly string Value = new('v', 20_000);

    [Fact]
    public void Php_memcached_pages_work_in_every_round() => Serve(
        (i, value) => $"set memc.sess.key.{i} 0 1440 {value.Length}\r\n{value}\r\n",
        [
            i => ($"add memc.sess.key.lock.{i} 0 30 1\r\n1\r\n", "STORED\r\n"),
            i => ($"get memc.sess.key.{i}\r\n", null),
            i => ($"touch memc.sess.key.{i} 1440\r\n", "TOUCHED\r\n"),
            i => ($"delete memc.sess.key.lock.{i}\r\n", "DELETED\r\n"),
        ]);

    [Fact]
    public void Php_redis_pages_work_in_every_round() => Serve(
        (i, value) => Resp("SETEX", $"PHPREDIS_SESSION:{i}", "1440", value),
        [
            i => (Resp("SET", $"PHPREDIS_SESSION:{i}_LOCK", $"web-frontend-7d9f8b6c5-x2x4q|{i}", "NX", "PX", "30000"),
                "+OK\r\n"),
            i => (Resp("GET", $"PHPREDIS_SESSION:{i}"), null),
            i => (Resp("EXPIRE", $"PHPREDIS_SESSION:{i}", "1440"), ":1\r\n"),
            i => (Resp("SETEX", $"PHPREDIS_SESSION:{i}", "1440", Value), "+OK\r\n"),
            i => (Resp("DEL", $"PHPREDIS_SESSION:{i}_LOCK"), ":1\r\n"),
        ]);

    [Fact]
    public void Tomcat_requests_over_redis_work_although_the_lock_gets_its_expiry_later() => Serve(
        (i, value) => Resp("SETEX", $"SID{i}", "1800", value),
        [
            i => (Resp("SETNX", $"lock:SID{i}", "locked"), ":1\r\n"),
            i => (Resp("EXPIRE", $"lock:SID{i}", "5"), ":1\r\n"),
            i => (Resp("GET", $"SID{i}"), null),
            i => (Resp("DEL", $"lock:SID{i}"), ":1\r\n"),
        ]);

    [Fact]
    public void Tomcat_requests_work_in_every_round() => Serve(
        (i, value) =>
            $"set SID{i}-n1 0 1800 {value.Length}\r\n{value}\r\nset validity:SID{i}-n1 0 1800 20\r\n{Value[..20]}\r\n",
        [
            i => ($"add lock:SID{i}-n1 0 5 6\r\nlocked\r\n", "STORED\r\n"),
            i => ($"get SID{i}-n1\r\n", null),
            i => ($"set SID{i}-n1 0 1800 {Value.Length}\r\n{Value.Replace('v', 'w')}\r\n", "STORED\r\n"),
            i => ($"set validity:SID{i}-n1 0 1800 20\r\n{Value[..20]}\r\n", "STORED\r\n"),
            i => ($"delete lock:SID{i}-n1\r\n", "DELETED\r\n"),
        ],
        "STORED\r\nSTORED\r\n");

    [Fact]
    public void Pages_over_the_binary_protocol_work_in_every_round() => Serve(
        (i, value) => Binary(0x01, $"session{i}", Extras(1440), value),
        [
            i => (Binary(0x02, $"lock{i}", Extras(30), "1"), BinaryOk(0x02)),
            i => (Binary(0x00, $"session{i}", "", ""), null),
            i => (Binary(0x01, $"session{i}", Extras(1440), Value), BinaryOk(0x01)),
            i => (Binary(0x04, $"lock{i}", "", ""), BinaryOk(0x04)),
        ],
        BinaryOk(0x01));

    [Fact]
    public void Statistics_show_the_reserve()
    {
        using var server = new TestServer(Small);
        TestClient client = server.Connect();
        string stats = client.Ask("stats\r\n");
        Assert.Contains("STAT memory_reserve_bytes 1048576\r\n", stats);
        Assert.Contains("STAT memory_reserve_used_bytes 0\r\n", stats);
        Assert.Contains("STAT writes_refused_inside 0\r\n", stats);
        string info = server.Connect().Ask(Resp("INFO"));
        Assert.Contains("memory_reserve_bytes:1048576\r\n", info);
        Assert.Contains("memory_reserve_used_bytes:0\r\n", info);
        Assert.Contains("writes_refused_inside:0\r\n", info);
    }

    private static void Serve(
        Func<int, string, string> begin, Func<int, (string Request, string? Answer)>[] page, string? stored = null)
    {
        using var server = new TestServer(Small);
        TestClient client = server.Connect();
        var inside = new List<int>();
        int refused = 0;
        for (int i = 0; refused < 200; i++)
        {
            string answer = SessionProtocol.WithoutCas(client.Ask(begin(i, Value)));
            if (answer == (stored ?? (answer[0] == '+' ? "+OK\r\n" : "STORED\r\n")))
            {
                inside.Add(i);
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(inside.Count, 600, 800);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int i in inside)
            {
                foreach (Func<int, (string Request, string? Answer)> step in page)
                {
                    (string request, string? expected) = step(i);
                    string answer = SessionProtocol.WithoutCas(client.Ask(request));
                    Assert.True(
                        expected is null ? answer.Length > Value.Length : answer == expected,
                        $"round {round}, session {i}: {answer[..Math.Min(60, answer.Length)]}");
                }
            }
        }

        Assert.Equal(0, server.Store.ReserveRefusedCount);
        Assert.True(server.Store.UsedBytes <= Small.MemoryLimit);
        server.Store.CheckIntegrity();
    }

    private static string Resp(params string[] words) =>
        $"*{words.Length}\r\n" + string.Concat(words.Select(w => $"${w.Length}\r\n{w}\r\n"));

    private static string Extras(int exptime) =>
        "\0\0\0\0" + string.Concat(new[] { 24, 16, 8, 0 }.Select(shift => (char)((exptime >> shift) & 0xFF)));

    private static string Binary(byte opcode, string key, string extras, string value)
    {
        int body = extras.Length + key.Length + value.Length;
        string size = string.Concat(new[] { 24, 16, 8, 0 }.Select(shift => (char)((body >> shift) & 0xFF)));
        return $"\u0080{(char)opcode}\0{(char)key.Length}{(char)extras.Length}\0\0\0{size}{new string('\0', 12)}"
            + $"{extras}{key}{value}";
    }

    private static string BinaryOk(byte opcode) => $"\u0081{(char)opcode}{new string('\0', 22)}";
}
