using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.CompatTests.Wire.Transfer;

/// <summary><c>gateway import</c> and <c>gateway export</c> beside real servers.</summary>
public sealed class TransferTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Dotnet =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private readonly TempDirectory _directory = new();
    private readonly GatewayServer _gateway = GatewayServer.Start("--client-memory", "100m");

    private string Dump => _directory.File("dump.rdb");

    private string Endpoint => $"127.0.0.1:{_gateway.AutoPort}";

    public void Dispose()
    {
        _gateway.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_file_of_redis_becomes_the_same_keys_here()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        KeySpace.Fill(redis.Port);
        Command(redis.Port, "SAVE");
        ToolResult result = Run("import", Dump, "--endpoint", Endpoint);
        Assert.Equal("", result.StdOut);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("imported, 0 expired, 0 not taken", result.StdErr, StringComparison.Ordinal);
        Assert.Equal(KeySpace.Describe(redis.Port), KeySpace.Describe(_gateway.RespPort));
    }

    [Fact]
    public void A_running_redis_becomes_the_same_keys_here()
    {
        using var redis = RedisServer.Start("--requirepass", "p@ss:word");
        using (var connection = RawConnection.Connect(redis.Port))
        {
            // The rest of the test needs no login.
            Assert.Equal("OK", KeySpace.Ask(connection, "AUTH", "p@ss:word"));
            Assert.Equal("OK", KeySpace.Ask(connection, "ACL", "SETUSER", "default", "nopass"));
        }

        KeySpace.Fill(redis.Port);
        ToolResult result = Run("import", "--from", $"redis://default:p%40ss%3Aword@localhost:{redis.Port}",
            "--endpoint", Endpoint);
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
        Assert.Equal(KeySpace.Describe(redis.Port), KeySpace.Describe(_gateway.RespPort));
    }

    [Fact]
    public void One_database_of_a_running_redis_is_taken_alone()
    {
        using var redis = RedisServer.Start();
        KeySpace.Fill(redis.Port);
        Assert.Equal(0, Run("import", "--from", $"redis://127.0.0.1:{redis.Port}/5", "--endpoint", Endpoint).ExitCode);
        Assert.Equal(["5 other -1 string database"], KeySpace.Describe(_gateway.RespPort));
    }

    [Theory, InlineData("9"), InlineData("10")]
    public void Redis_starts_with_what_is_exported(string version)
    {
        KeySpace.Fill(_gateway.RespPort);
        ToolResult result = Run("export", Dump, "--endpoint", Endpoint, "--rdb-version", version);
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
        Assert.Equal($"REDIS{int.Parse(version):0000}", Encoding.ASCII.GetString(File.ReadAllBytes(Dump)[..9]));
        Tool.Run("redis-check-rdb", [Dump]).Succeeded();
        Assert.Equal("600\n", Tool.Run("stat", ["-c", "%a", Dump]).Succeeded().StdOut);
        using var redis = RedisServer.Start("--dir", _directory.Path);
        Assert.Equal(KeySpace.Describe(_gateway.RespPort), KeySpace.Describe(redis.Port));
    }

    [Fact]
    public void Fields_with_expiries_are_left_out_of_files_that_cannot_hold_them()
    {
        Command(_gateway.RespPort, "HSET", "h", "f", "v", "g", "w");
        Command(_gateway.RespPort, "HPEXPIREAT", "h", "4102444800123", "FIELDS", "1", "f");
        ToolResult result = Run("export", Dump, "--endpoint", Endpoint);
        Assert.Equal(("0\th\tits fields have expiries: --rdb-version 12 keeps them\n", 1),
            (result.StdOut, result.ExitCode));
        Assert.Equal(0, Run("export", Dump, "--endpoint", Endpoint, "--rdb-version", "12").ExitCode);
        Command(_gateway.RespPort, "DEL", "h");
        Assert.Equal(0, Run("import", Dump, "--endpoint", Endpoint).ExitCode);
        using var connection = RawConnection.Connect(_gateway.RespPort);
        Assert.Equal("4102444800123 -1", KeySpace.Ask(connection, "HPEXPIRETIME", "h", "FIELDS", "2", "f", "g"));
    }

    [Fact]
    public void What_cannot_be_taken_is_reported_and_the_rest_is_taken()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        Command(redis.Port, "XADD", "a stream", "1-1", "f", "v");
        Command(redis.Port, "FUNCTION", "LOAD",
            "#!lua name=lib\nredis.register_function('f', function(keys, args) return 1 end)");
        Command(redis.Port, "SET", "taken", "new");
        Command(redis.Port, "SET", "k", "v");
        Command(redis.Port, "SAVE");
        Command(_gateway.RespPort, "SET", "taken", "old");
        string report = _directory.File("report");
        ToolResult result = Run("import", Dump, "--endpoint", Endpoint, "--report", report);
        Assert.Equal(("", 1), (result.StdOut, result.ExitCode));
        Assert.Contains("1 imported, 0 expired, 3 not taken", result.StdErr, StringComparison.Ordinal);
        Assert.Equal(
            [
                "0\t\ta library of functions", "0\ta\\x20stream\ta stream",
                "0\ttaken\tthe gateway has the key already",
            ],
            File.ReadAllLines(report).Order(StringComparer.Ordinal));
        Assert.Equal(["0 k -1 string v", "0 taken -1 string old"], KeySpace.Describe(_gateway.RespPort));
        Assert.Equal(1, Run("import", Dump, "--endpoint", Endpoint, "--replace").ExitCode);
        Assert.Equal(["0 k -1 string v", "0 taken -1 string new"], KeySpace.Describe(_gateway.RespPort));
    }

    [Fact]
    public void Functions_of_a_running_redis_are_reported_as_those_of_a_file()
    {
        using var redis = RedisServer.Start();
        foreach (string name in (string[])["one", "two"])
        {
            Command(redis.Port, "FUNCTION", "LOAD", $"#!lua name={name}\n"
                + $"redis.register_function('{name}_f', function(keys, args) return 1 end)\n"
                + $"redis.register_function{{function_name='{name}_g', callback=function(keys, args) return 1 end, "
                + "flags={'no-writes'}}");
        }

        Command(redis.Port, "SET", "k", "v");
        ToolResult result = Run("import", "--from", $"redis://127.0.0.1:{redis.Port}", "--endpoint", Endpoint);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            ["0\tone\ta library of functions", "0\ttwo\ta library of functions"],
            result.StdOut.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal(["0 k -1 string v"], KeySpace.Describe(_gateway.RespPort));
    }

    [Fact]
    public void A_dump_is_taken_from_stdin()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        KeySpace.Fill(redis.Port);
        Command(redis.Port, "SAVE");
        ToolResult result = Tool.Run(
            "bash", ["-c", "cat \"$1\" | \"$2\" \"$3\" import - --endpoint \"$4\"", "bash", Dump, Dotnet,
                Repository.GatewayDll, Endpoint], timeout: Patience, workingDirectory: _directory.Path);
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
        Assert.Contains("imported, 0 expired, 0 not taken", result.StdErr, StringComparison.Ordinal);
        Assert.Equal(KeySpace.Describe(redis.Port), KeySpace.Describe(_gateway.RespPort));
        result = Run("import", "-", "--dry-run");
        Assert.Equal("gateway import: 'stdin' ends early, at 0\n", result.StdErr);
    }

    [Fact]
    public void A_dry_run_reports_and_changes_nothing()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        KeySpace.Fill(redis.Port);
        Command(redis.Port, "XADD", "stream", "1-1", "f", "v");
        Command(redis.Port, "SAVE");
        ToolResult result = Run("import", Dump, "--dry-run");
        Assert.Equal(("0\tstream\ta stream\n", 1), (result.StdOut, result.ExitCode));
        Assert.Empty(KeySpace.Describe(_gateway.RespPort));
    }

    [Fact]
    public void A_damaged_file_is_taken_up_to_its_damage()
    {
        byte[] file = Encoding.Latin1.GetBytes("REDIS0010\0\u0001a\u0001v\u00fc\u0001\0\0\0\0\0\0\0\0\u0001b\u0001w\0");
        File.WriteAllBytes(Dump, file);
        ToolResult result = Run("import", Dump, "--endpoint", Endpoint);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"ends early, at {file.Length}", result.StdErr, StringComparison.Ordinal);
        Assert.Equal(["0 a -1 string v"], KeySpace.Describe(_gateway.RespPort));
        File.WriteAllBytes(Dump, [.. file[..^1], 0xEE]);
        result = Run("import", Dump, "--dry-run");
        Assert.Contains($"is damaged at {file.Length - 1}: a value of an unknown type\n", result.StdErr,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Items_of_memcached_keep_value_flags_and_time()
    {
        using var memcached = MemcachedServer.Start();
        using var source = RawConnection.Connect(memcached.Port);
        var expected = new List<string>();
        for (int i = 0; i < 300; i++)
        {
            string value = new((char)('a' + (i % 26)), i * 7);
            long exptime = i % 3 == 0 ? 0 : 4_102_444_800 + i;
            source.Send($"set key{i} {i * 1000} {Math.Min(exptime, 2_147_483_646)} {value.Length}\r\n{value}\r\n");
            Assert.True(source.ReadText().Is("STORED"u8));
            expected.Add($"key{i} {i * 1000} {value}");
        }

        ToolResult result = Run("import", "--from", $"memcached://127.0.0.1:{memcached.Port}", "--endpoint", Endpoint);
        Assert.Equal(("", 0), (result.StdOut, result.ExitCode));
        using var target = RawConnection.Connect(_gateway.AutoPort);
        var found = new List<string>();
        for (int i = 0; i < 300; i++)
        {
            target.Send($"get key{i}\r\n");
            TextReply reply = target.ReadText();
            found.Add($"key{i} {reply.Flags} {Encoding.ASCII.GetString(reply.Value)}");
            Assert.True(target.ReadText().Is("END"u8));
        }

        Assert.Equal(expected, found);
        using var resp = RawConnection.Connect(_gateway.RespPort);
        Assert.Equal("-1", KeySpace.Ask(resp, "EXPIRETIME", "key0"));
        Assert.InRange(long.Parse(KeySpace.Ask(resp, "EXPIRETIME", "key1")), 2_147_483_640, 2_147_483_647);
    }

    [Theory]
    [InlineData("import", "import: DUMP.RDB, - or --from URL is missing; try --help")]
    [InlineData("import x --nosuch", "gateway import: unknown option '--nosuch'")]
    [InlineData("export", "gateway export: DUMP.RDB is missing")]
    [InlineData("import nosuch.rdb --dry-run", "cannot read 'nosuch.rdb'")]
    [InlineData("import x --from redis://127.0.0.1:1", "one source at a time")]
    [InlineData("import --from http://127.0.0.1:1", "is neither redis://HOST:PORT nor memcached://HOST:PORT")]
    [InlineData("import --from rediss://u:p@127.0.0.1:1", "--from: TLS (rediss) is not spoken: take a dump file")]
    [InlineData("import --from redis://127.0.0.1:1/x", "'x' is no database")]
    [InlineData("import --from redis://127.0.0.1:1 --dry-run", "connection refused; is the source running?")]
    [InlineData("import --from memcached://127.0.0.1:1", "connection refused; is the source running?")]
    [InlineData("import --from redis://127.0.0.1:1 --endpoint 127.0.0.1:1", "is the source running?")]
    [InlineData("export x --rdb-version 11", "is none of 9, 10, 12")]
    [InlineData("export x --endpoint 127.0.0.1:1", "connection refused; is the gateway running?")]
    public void A_mistake_is_one_line_and_exit_code_1(string words, string expected)
    {
        ToolResult result = Run(words.Split(' '));
        Assert.Equal(("", 1), (result.StdOut, result.ExitCode));
        Assert.StartsWith("gateway ", result.StdErr, StringComparison.Ordinal);
        Assert.Contains(expected, result.StdErr, StringComparison.Ordinal);
        Assert.Equal(1, result.StdErr.Count(c => c == '\n'));
    }

    [Fact]
    public void The_commands_of_the_manual_run_as_printed()
    {
        using var redis = RedisServer.Start("--dir", _directory.Path);
        using var memcached = MemcachedServer.Start();
        Command(redis.Port, "SET", "session", "value");
        Command(redis.Port, "SAVE");
        string[] commands =
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
                .Where(line => line.StartsWith("    gateway import ", StringComparison.Ordinal)
                    || line.StartsWith("    gateway export ", StringComparison.Ordinal))
                .Select(line => line.Trim()),
        ];
        Assert.True(commands.Length >= 5, "the manual has no commands");
        foreach (string command in commands)
        {
            string[] words =
            [
                .. command.Replace("redis.example:6379", $"127.0.0.1:{redis.Port}", StringComparison.Ordinal)
                    .Replace("memcached.example:11211", $"127.0.0.1:{memcached.Port}", StringComparison.Ordinal)
                    .Replace("127.0.0.1:11211", Endpoint, StringComparison.Ordinal)
                    .Replace("user:password@", "", StringComparison.Ordinal)
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries),
            ];
            ToolResult result = Run(words[1..]);
            Assert.True(result.ExitCode == 0, $"{command}: {result.StdErr}");
        }

        Assert.Equal(["0 session -1 string value"], KeySpace.Describe(_gateway.RespPort));
    }

    private static void Command(int port, params string[] words)
    {
        using var connection = RawConnection.Connect(port);
        Assert.DoesNotContain("ERR", KeySpace.Ask(connection, words), StringComparison.Ordinal);
    }

    private ToolResult Run(params string[] words) => Tool.Run(
        Dotnet, [Repository.GatewayDll, .. words], timeout: Patience, workingDirectory: _directory.Path);
}
