using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.SessionTool;

/// <summary>The built program: <c>gateway session …</c> on files and stdin.</summary>
public sealed class SessionCommandTests
{
    private const string Php =
        "user|s:5:\"alice\";age|i:41;tags|a:2:{i:0;s:1:\"x\";i:1;b:1;}none|N;big|i:9007199254740993;";

    [Theory]
    [InlineData("usage: gateway session COMMAND")]
    [InlineData("usage: gateway session COMMAND", "--help")]
    [InlineData("usage: gateway session show [OPTION]... KEY", "show", "--help")]
    [InlineData("usage: gateway session fetch [OPTION]... KEY", "fetch", "--help")]
    [InlineData("usage: gateway session decode [OPTION]... FILE|-", "decode", "-h")]
    [InlineData("usage: gateway session recode [OPTION]... FILE|-", "recode", "--help")]
    public void Help_is_printed_with_the_formats(string usage, params string[] args)
    {
        ToolResult result = Run(args);
        Assert.Equal((0, ""), (result.ExitCode, result.StdErr));
        Assert.StartsWith(usage, result.StdOut);
        Assert.EndsWith(
            "formats: php, php_binary, php_serialize, igbinary, msgpack, msm-java, java, aspnetcore, django-pickle, "
                + "json\n",
            result.StdOut);
        Assert.All(result.StdOut.Split('\n'), line => Assert.True(line.Length <= 110, line));
    }

    [Fact]
    public void The_help_of_the_gateway_names_the_session_commands() =>
        Assert.Contains("gateway session --help", GatewayProgram.Run("--help").StdOut);

    [Fact]
    public void Decode_shows_names_types_and_lengths_but_no_values()
    {
        ToolResult result = Run(["decode", "-"], Php);
        Assert.Equal(("""
            # php, 87 bytes, 5 variables
            user: text, 5 bytes
            age: integer
            tags:
              [0]: text, 1 byte
              [1]: boolean
            none: null
            big: integer

            """.ReplaceLineEndings("\n"), "", 0), (result.StdOut, result.StdErr, result.ExitCode));
    }

    [Fact]
    public void Decode_shows_the_values_with_reveal()
    {
        ToolResult result = Run(["decode", "--reveal", "--format", "php", "-"], Php);
        Assert.Equal("""
            # php, 87 bytes, 5 variables
            user: "alice"
            age: 41
            tags:
              [0]: "x"
              [1]: true
            none: null
            big: 9007199254740993

            """.ReplaceLineEndings("\n"), result.StdOut);
    }

    [Fact]
    public void Decode_prints_json_masked_and_revealed()
    {
        Assert.Equal(
            """{"user":"text, 5 bytes","age":"integer","tags":["text, 1 byte","boolean"],"none":null,"big":"integer"}"""
                + "\n",
            Run(["decode", "--json", "-"], Php).StdOut);
        Assert.Equal("""{"user":"alice","age":41,"tags":["x",true],"none":null,"big":"9007199254740993"}""" + "\n",
            Run(["decode", "--json", "--reveal", "-"], Php).StdOut);
    }

    [Fact]
    public void Payloads_of_objects_and_enum_cases_are_values_too()
    {
        ToolResult result = Run(["decode", "-"],
            "o|C:3:\"Old\":6:{secret}e|E:9:\"Suit:Clubs\";p|O:1:\"P\":1:{s:4:\"\0*\0n\";s:6:\"hidden\";}"
                .Replace("E:9", "E:10", StringComparison.Ordinal));
        Assert.Equal("""
            # php, 80 bytes, 3 variables
            o:
              $class: Old
              payload: binary, 6 bytes
            e:
              $class: Suit
              case: name of an enum case
            p:
              $class: P
              "n:protected": text, 6 bytes

            """.ReplaceLineEndings("\n"), result.StdOut);
    }

    [Fact]
    public void What_users_typed_does_not_reach_the_terminal()
    {
        ToolResult result =
            Run(["decode", "--reveal", "-"], "a\u001b[2J|s:4:\"\u001b]0;\";b|s:2:\"\u009b\";c|s:3:\"\u202e\";");
        Assert.Equal("""
            # php, 40 bytes, 3 variables
            "a\u001b[2J": "\u001b]0;"
            b: "\u009b"
            c: "\u202e"

            """.ReplaceLineEndings("\n"), result.StdOut);
        Assert.Equal("""{"b":"\u009b","c":"\u202e"}""" + "\n",
            Run(["decode", "--reveal", "--json", "-"], "b|s:2:\"\u009b\";c|s:3:\"\u202e\";").StdOut);
    }

    [Theory]
    [InlineData("php_serialize", "a:2:{s:1:\"n\";i:7;s:1:\"t\";s:2:\"é\";}")]
    [InlineData("json", """{"n":7,"t":"é"}""")]
    public void Recode_writes_another_format(string format, string expected)
    {
        ToolResult result = Run(["recode", "--from", "php", "--to", format, "-"], "n|i:7;t|s:2:\"é\";");
        Assert.Equal((0, expected, ""), (result.ExitCode, result.StdOut, result.StdErr));
    }

    [Fact]
    public void Recode_through_every_php_format_and_back_is_byte_identical()
    {
        using var directory = new TempDirectory();
        string file = directory.File("php");
        File.WriteAllText(file, Php);
        string from = "php";
        foreach (string to in new[] { "igbinary", "php_binary", "php_serialize", "msgpack", "php" })
        {
            string next = directory.File("to-" + to);
            ToolResult result = Tool.Run("sh",
                ["-c", "exec \"$0\" \"$1\" session recode --from \"$2\" --to=\"$3\" \"$4\" > \"$5\"",
                    GatewayProgram.Dotnet, Repository.GatewayDll,
                    from, to, file, next]);
            Assert.Equal((0, ""), (result.ExitCode, result.StdErr));
            (from, file) = (to, next);
        }

        Assert.Equal(Php, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("unknown command 'look'", "", "look")]
    [InlineData("decode: FILE|- is missing", "", "decode")]
    [InlineData("decode: unexpected argument 'b'", "", "decode", "a", "b")]
    [InlineData("decode: unknown option '--endpoint'", "", "decode", "--endpoint", "x", "-")]
    [InlineData("decode: --format needs a value", "", "decode", "--format")]
    [InlineData("decode: --json takes no value", "", "decode", "--json=1", "-")]
    [InlineData("decode: --json is given twice", "", "decode", "--json", "--json", "-")]
    [InlineData("unknown format 'phpp'; one of php, php_binary", "", "decode", "--format", "phpp", "-")]
    [InlineData("unknown format 'phpp'", "", "show", "--endpoint", "127.0.0.1:1", "--format", "phpp", "key")]
    [InlineData("unknown compression 'gzip'", "", "decode", "--compression", "gzip", "-")]
    [InlineData("cannot read 'no-such-file'", "", "decode", "no-such-file")]
    [InlineData("recode: --to is missing", "", "recode", "--from", "php", "-")]
    [InlineData("'stdin': php: Truncated at byte 7: a name without '|'", "a|i:1;b", "decode", "--format", "php", "-")]
    [InlineData("'stdin': php: Syntax at byte 4", "a|i:x;", "recode", "--from", "php", "--to", "json", "-")]
    [InlineData("'stdin': php_serialize: BadLength at byte 11", "a:1:{i:0;s:900:\"x\";}", "decode", "--format",
        "php_serialize", "-")]
    [InlineData("'stdin': 3 bytes that fit no format", "\u0001\u0002\u0003", "decode", "-")]
    [InlineData("'stdin': cannot be written as php: NotRepresentable at byte 0: a name with '|'",
        "a:1:{s:1:\"|\";i:1;}", "recode", "--from", "php_serialize", "--to", "php", "-")]
    [InlineData("'stdin': cannot be written as msm-java: NotRepresentable", "o|O:1:\"P\":0:{}", "recode", "--from",
        "php", "--to", "msm-java", "-")]
    [InlineData("show: KEY is missing", "", "show")]
    [InlineData("--endpoint: 'nowhere': expected HOST:PORT or unix:PATH", "", "show", "--endpoint", "nowhere", "k")]
    [InlineData("--db: 'one' is no number", "", "show", "--db", "one", "k")]
    [InlineData("memcached has database 0 only", "", "show", "--endpoint", "127.0.0.1:1/memcached", "--db", "1", "k")]
    [InlineData("cannot connect to 127.0.0.1:1: connection refused; is the gateway running?", "", "show", "--endpoint",
        "127.0.0.1:1", "k")]
    [InlineData("cannot connect to unix:/no/such.sock: there is no such socket", "", "show", "--endpoint",
        "unix:/no/such.sock", "k")]
    public void What_is_wrong_is_one_line_on_stderr_and_exit_code_1(string problem, string stdin, params string[] args)
    {
        ToolResult result = Run(args, stdin);
        Assert.Equal((1, ""), (result.ExitCode, result.StdOut));
        Assert.StartsWith("gateway session: ", result.StdErr);
        Assert.Contains(problem, result.StdErr);
        Assert.Equal(result.StdErr.Length - 1, result.StdErr.IndexOf('\n'));
    }

    [Theory]
    [InlineData("memcached")]
    [InlineData("resp")]
    public void Fetch_writes_the_bytes_that_decode_reads(string protocol)
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
        using var client = RawConnection.Connect(port);
        Assert.Equal("STORED\r\n", client.Ask($"set s 0 60 {Php.Length}\r\n{Php}\r\n", "STORED\r\n"));
        string[] fetch = ["fetch", "--endpoint", $"127.0.0.1:{port}/{protocol}"];
        ToolResult fetched = Run([.. fetch, "s"]);
        Assert.Equal((0, Php, ""), (fetched.ExitCode, fetched.StdOut, fetched.StdErr));
        Assert.StartsWith("# php, 87 bytes, 5 variables\n", Run(["decode", "-"], fetched.StdOut).StdOut);
        using var other = RawConnection.Connect(port);
        const string hash = "*4\r\n$4\r\nHSET\r\n$1\r\nh\r\n$1\r\nf\r\n$1\r\nv\r\n";
        Assert.Equal(":1\r\n", other.Ask(hash, ":1\r\n"));
        string problem = protocol == "resp" ? "'h' holds no string" : "key 'h' not found at ";
        Assert.StartsWith($"gateway session: {problem}", Run([.. fetch, "h"]).StdErr);
        Assert.Equal("gateway session: 'h' holds no string\n",
            Run(["show", "--endpoint", $"127.0.0.1:{port}", "h"]).StdErr);
        ToolResult absent = Run([.. fetch, "none"]);
        Assert.Equal((1, ""), (absent.ExitCode, absent.StdOut));
        Assert.StartsWith("gateway session: key 'none' not found at ", absent.StdErr);
        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }

    private static ToolResult Run(string[] args, string stdin = "") =>
        Tool.Run(GatewayProgram.Dotnet, [Repository.GatewayDll, "session", .. args], stdin: stdin);
}
