using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Transfer;

/// <summary>What <c>gateway import</c> cannot take, and what it says of it, beside real servers.</summary>
public sealed class TransferRefusalTests : IDisposable
{
    private const int ClientMemory = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Dotnet =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private readonly TempDirectory _directory = new();
    private readonly GatewayServer _gateway = GatewayServer.Start("--client-memory", $"{ClientMemory}");

    private string Dump => _directory.File("dump.rdb");

    private string Endpoint => $"127.0.0.1:{_gateway.AutoPort}";

    public void Dispose()
    {
        _gateway.Dispose();
        _directory.Dispose();
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_is_too_long_for_a_connection_is_named_and_the_rest_is_taken(bool isFile)
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        string most = Ask(_gateway.RespPort, "CONFIG", "GET", "proto-max-bulk-len").Split(' ')[1];
        string noise = Noise(ClientMemory + 1);
        string repeated = new('x', ClientMemory + 2);
        Ask(redis.Port, "SET", "long", noise);
        Ask(redis.Port, "SET", "repeated", repeated);
        Ask(redis.Port, "RPUSH", "list", Noise(300_000), noise, "end");
        Ask(redis.Port, "HSET", "hash", "f", Noise(300_000), "g", noise);
        Ask(redis.Port, "RPUSH", "list:right", Noise(3_900_000), Noise(3_900_001), "end");
        Ask(redis.Port, "SET", "right", Noise(int.Parse(most) - 100));
        for (int i = 0; i < 1000; i++)
            Ask(redis.Port, "SET", $"key{i}", $"{i}");
        Ask(redis.Port, "SAVE");
        string[] source = isFile ? [Dump] : ["--from", $"redis://127.0.0.1:{redis.Port}"];
        string TooLong(string key, int length) =>
            $"0\t{key}\ttoo long: {length} bytes in one piece, the gateway reads {most} (--client-memory, --max-bulk)";
        var expected = new List<string>
        {
            TooLong("hash", noise.Length + 1), TooLong("list", noise.Length), TooLong("repeated", repeated.Length),
        };
        ToolResult dry = Run(["import", .. source, "--dry-run", "--endpoint", Endpoint]);
        Check(dry);
        Assert.Contains("1002 would be imported, 0 expired, 4 not taken", dry.StdErr, StringComparison.Ordinal);
        Assert.Equal("0", Ask(_gateway.RespPort, "DBSIZE"));

        ToolResult result = Run(["import", .. source, "--endpoint", Endpoint]);
        Check(result);
        Assert.Contains("1002 imported, 0 expired, 4 not taken", result.StdErr, StringComparison.Ordinal);
        Assert.Equal("1002", Ask(_gateway.RespPort, "DBSIZE"));
        Assert.Equal("0", Ask(_gateway.RespPort, "EXISTS", "long", "repeated", "list", "hash"));
        Assert.Equal("2", Ask(_gateway.RespPort, "LPOS", "list:right", "end"));
        Assert.Equal($"{int.Parse(most) - 100}", Ask(_gateway.RespPort, "STRLEN", "right"));
        Assert.Equal("999", Ask(_gateway.RespPort, "GET", "key999"));

        void Check(ToolResult of)
        {
            Assert.Equal(1, of.ExitCode);
            string[] lines =
                [.. of.StdOut.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
            // The payload of a string counts its length and its checksum, too.
            ILookup<bool, string> isLong = lines.ToLookup(
                line => line.StartsWith("0\tlong\t", StringComparison.Ordinal));
            Assert.StartsWith("0\tlong\ttoo long: ", Assert.Single(isLong[true]), StringComparison.Ordinal);
            Assert.Equal(expected, isLong[false]);
        }
    }

    [Fact]
    public void A_dry_run_without_a_gateway_says_that_it_could_not_ask()
    {
        using var redis = RedisServer.Start();
        Ask(redis.Port, "SET", "k", "v");
        ToolResult result = Run(
            "import", "--from", $"redis://127.0.0.1:{redis.Port}", "--dry-run", "--endpoint", "127.0.0.1:1");
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
        Assert.StartsWith("1 would be imported, 0 expired, 0 not taken, in ", result.StdErr, StringComparison.Ordinal);
        Assert.Contains("; the gateway could not be asked what is too long for it: cannot connect to 127.0.0.1:1: ",
            result.StdErr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_the_source_has_not_is_an_error()
    {
        using var redis = RedisServer.Start();
        ToolResult result = Run("import", "--from", $"redis://127.0.0.1:{redis.Port}/16", "--endpoint", Endpoint);
        Assert.Equal(("", 1), (result.StdOut, result.ExitCode));
        Assert.Equal($"gateway import: 127.0.0.1:{redis.Port}: database 16: ERR DB index is out of range\n",
            result.StdErr);
        result = Run("import", "--from", $"redis://127.0.0.1:{redis.Port}/15", "--endpoint", Endpoint);
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
    }

    [Fact]
    public void A_file_that_is_no_dump_is_called_so()
    {
        File.WriteAllText(Dump, "root:x:0:0:root:/root:/bin/sh\n");
        ToolResult result = Run("import", Dump, "--endpoint", Endpoint);
        Assert.Equal(("", $"gateway import: '{Dump}' is no dump file of Redis\n", 1),
            (result.StdOut, result.StdErr, result.ExitCode));
        File.WriteAllText(Dump, "REDIS9999 and so on");
        Assert.Equal($"gateway import: '{Dump}' is a dump file of version 9999, which is not read\n",
            Run("import", Dump, "--dry-run").StdErr);
    }

    [Fact]
    public void A_wrong_checksum_is_said_and_only_an_import_says_that_keys_were_taken()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        Ask(redis.Port, "SET", "k", "v");
        Ask(redis.Port, "SAVE");
        byte[] file = File.ReadAllBytes(Dump);
        file[^1] ^= 1;
        File.WriteAllBytes(Dump, file);
        Assert.EndsWith(": the checksum is another one\n", Run("import", Dump, "--dry-run").StdErr,
            StringComparison.Ordinal);
        Assert.EndsWith(": the checksum is another one; the keys before it were taken\n",
            Run("import", Dump, "--endpoint", Endpoint).StdErr, StringComparison.Ordinal);
        Assert.Equal("v", Ask(_gateway.RespPort, "GET", "k"));
    }

    [Theory]
    [InlineData("redis://shop:se@c/ret@127.0.0.1:1")]
    [InlineData("redis://shop:c/ret@127.0.0.1:1")]
    [InlineData("redis://:c/ret@127.0.0.1:1/0")]
    [InlineData("redis://shop:c?ret@127.0.0.1:1")]
    [InlineData("redis://shop:1#ret@127.0.0.1:1")]
    public void No_part_of_a_password_is_printed(string url)
    {
        ToolResult result = Run("import", "--from", url, "--endpoint", Endpoint);
        Assert.Equal(("", 1), (result.StdOut, result.ExitCode));
        Assert.StartsWith("gateway import: --from: ", result.StdErr, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", result.StdErr, StringComparison.Ordinal);
        Assert.DoesNotContain("se@", result.StdErr, StringComparison.Ordinal);
        Assert.Contains("%2F", result.StdErr, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_speaks_another_protocol_is_told_so()
    {
        using var memcached = MemcachedServer.Start();
        using var redis = RedisServer.Start();
        string memcachedPlace = $"127.0.0.1:{memcached.Port}", redisPlace = $"127.0.0.1:{redis.Port}";
        Assert.Equal($"gateway import: {memcachedPlace}: speaks no RESP, but answers 'ERROR'\n",
            Run("import", "--from", $"redis://{memcachedPlace}", "--endpoint", Endpoint).StdErr);
        Assert.Equal($"gateway export: {memcachedPlace}: speaks no RESP, but answers 'ERROR'\n",
            Run("export", Dump, "--endpoint", memcachedPlace).StdErr);
        Assert.StartsWith($"gateway import: {redisPlace}: speaks no memcached's text protocol, but answers '-ERR",
            Run("import", "--from", $"memcached://{redisPlace}", "--endpoint", Endpoint).StdErr,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_memcacheds_protocol_does_not_find_is_no_longer_there_and_a_key_of_here_has_one_reason()
    {
        using var source = GatewayServer.Start();
        Ask(source.RespPort, "HSET", "hash", "f", "v");
        Ask(source.RespPort, "SET", "k", "v");
        Ask(source.RespPort, "SET", "taken", "new");
        Ask(_gateway.RespPort, "SET", "taken", "old");
        ToolResult result = Run("import", "--from", $"memcached://127.0.0.1:{source.AutoPort}", "--endpoint", Endpoint);
        Assert.Equal(["0\thash\tno longer there, or no string", "0\ttaken\tthe gateway has the key already"],
            result.StdOut.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Contains("1 imported, 0 expired, 2 not taken", result.StdErr, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    private static string Ask(int port, params string[] words)
    {
        using var connection = RawConnection.Connect(port);
        string answer = KeySpace.Ask(connection, words);
        Assert.DoesNotContain("ERR", answer, StringComparison.Ordinal);
        return answer;
    }

    private static string Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    private ToolResult Run(params string[] words) => Tool.Run(
        Dotnet, [Repository.GatewayDll, .. words], timeout: Patience, workingDirectory: _directory.Path);
}
