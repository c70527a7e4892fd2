using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>Writes of every kind that sessions, carts and queues make, in an order that a seed gives.</summary>
internal sealed class LiveWriter(int port, int seed)
{
    private const int Batch = 200;
    private const string Script = "redis.call('SET',KEYS[1],ARGV[1]) redis.call('INCR',KEYS[2])";
    private const long Far = 4102444800123;

    private readonly Random _random = new(seed);

    /// <summary>Writes keys of all types.</summary>
    public void Fill(int keys)
    {
        using var connection = RawConnection.Connect(port);
        for (int i = 0; i < keys; i += Batch)
            Send(connection, Enumerable.Range(i, Math.Min(Batch, keys - i)).Select(New));
    }

    /// <summary>Changes them.</summary>
    public void Change(int commands)
    {
        using var connection = RawConnection.Connect(port);
        for (int i = 0; i < commands; i += Batch)
            Send(connection, Enumerable.Range(i, Batch).SelectMany(Next));
    }

    private static void Send(RawConnection connection, IEnumerable<string[]> commands)
    {
        byte[][] requests = [.. commands.Select(words => RespRequestWriter.Encode(
            [.. words.Select(Encoding.Latin1.GetBytes)]))];
        connection.Send(requests.SelectMany(bytes => bytes).ToArray());
        foreach (byte[] _ in requests)
            connection.ReadResp();
    }

    private static string[] Set(string key, string value) => ["SET", key, value, "PXAT", $"{Far}"];

    private string[] New(int i) => (i % 7) switch
    {
        0 => ["SET", $"k:{i}", $"value {i}"],
        1 or 2 => ["SET", $"k:{i}", new string('x', i % 300), "PXAT", $"{Far + i}"],
        3 => ["HSET", $"k:{i}", "data", $"{i}", "absexp", "-1", "sldexp", $"{i * 7}"],
        4 => ["RPUSH", $"k:{i}", $"{i}", "a", "b"],
        5 => ["SADD", $"k:{i}", $"{i}", $"m{i}", "x"],
        _ => ["ZADD", $"k:{i}", $"{i / 7.0:R}", "a", "2", "b"],
    };

    private IEnumerable<string[]> Next(int i)
    {
        int n = _random.Next(40);
        string key = $"k:{_random.Next(5000)}";
        switch (_random.Next(16))
        {
            case 0: return [Set(key, $"new {i}")];
            case 1: return [["DEL", key]];
            case 2: return [["APPEND", $"s:{n}", "more "], ["SETRANGE", $"s:{n}", "3", "zz"]];
            case 3: return [["INCR", $"c:{n}"], ["PEXPIREAT", $"c:{n}", $"{Far + i}"]];
            case 4: return [["HSET", $"h:{n}", $"f{_random.Next(20)}", $"{i}"], ["HINCRBY", $"h:{n}", "count", "3"]];
            case 5: return [["HDEL", $"h:{n}", $"f{_random.Next(20)}"]];
            case 6: return [["RPUSH", $"l:{n}", $"{i}"], ["LPUSH", $"l:{n}", $"{i}"]];
            case 7: return [["LPOP", $"l:{n}"], ["RPOP", $"l:{n}"], ["LINSERT", $"l:{n}", "BEFORE", $"{i - 7}", "x"]];
            case 8: return [["SADD", $"t:{n}", $"{_random.Next(50)}"], ["SPOP", $"t:{_random.Next(40)}"]];
            case 9:
                return [["ZADD", $"z:{n}", $"{_random.NextDouble():R}", $"m{_random.Next(30)}"], ["ZPOPMIN", $"z:{n}"]];
            case 10: return [["EVAL", Script, "2", $"e:{n}", "ec", $"{i}"]];
            case 11: return [["MULTI"], ["INCR", "m1"], ["SETEX", $"m:{n}", "1000000", $"{i}"], ["EXEC"]];
            case 12: return [["PERSIST", key], ["RENAME", $"k:{_random.Next(5000)}", $"r:{n}"]];
            case 13:
                return [["COPY", $"h:{n}", $"hc:{n}", "REPLACE"], ["LREM", $"l:{n}", "1", $"{i - 3}"],
                    ["LTRIM", $"l:{n}", "0", "20"]];
            case 14: return [["SELECT", "5"], Set($"other:{n}", $"{i}"), ["SELECT", "0"]];
            default: return [["GETEX", key, "PXAT", $"{Far + n}"], ["SUNIONSTORE", $"u:{n}", $"t:{n}", $"t:{n + 1}"]];
        }
    }
}
