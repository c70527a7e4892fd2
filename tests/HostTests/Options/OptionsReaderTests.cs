using System.Collections;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class OptionsReaderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_any_source_the_defaults_hold() => Assert.Same(GatewayOptions.Default, Read([], []));

    [Fact]
    public void Environment_beats_file_and_command_line_beats_environment()
    {
        string file = Write("""{ "Threads": 1, "MaxConnections": 1, "Memory": "64m" }""");
        var environment = new Hashtable { ["GATEWAY_THREADS"] = "2", ["GATEWAY_MAX_CONNECTIONS"] = "2" };
        GatewayOptions options = Read(["--config", file, "--threads", "3"], environment);
        Assert.Equal(3, options.Threads);
        Assert.Equal(2, options.MaxConnections);
        Assert.Equal(64 << 20, options.MemoryBytes);
    }

    [Fact]
    public void A_list_replaces_the_list_of_the_source_before()
    {
        string file = Write("""{ "Listen": ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"] }""");
        Assert.Equal(3, Read(["--config", file], []).Listen.Count);
        var environment = new Hashtable { ["GATEWAY_LISTEN__1"] = "127.0.0.1:5",
            ["GATEWAY_LISTEN__0"] = "127.0.0.1:4" };
        Assert.Equal(["127.0.0.1:4", "127.0.0.1:5"], Read(["--config", file], environment).Listen.Select(a => a.Place));
        GatewayOptions options = Read(["--config", file, "--listen", "unix:x"], environment);
        Assert.Equal(["unix:x"], options.Listen.Select(a => a.Place));
    }

    [Fact]
    public void The_file_beside_the_program_is_read_unless_another_is_named()
    {
        File.WriteAllText(_directory.File("appsettings.json"), """{ "threads": 7, }""");
        Assert.Equal(7, Read([], []).Threads);
        Assert.Equal(0, Read(["--config", Write("{}")], []).Threads);
    }

    [Fact]
    public void A_file_may_hold_comments_numbers_and_switches()
    {
        string file = Write("""
            {
              // half of the machine
              "memory": 67108864,
              "max-value": "2M",
              "INSECURE": true,
              "Auth": ["a:b", "c"], /* two */
            }
            """);
        GatewayOptions options = Read(["--config", file], []);
        Assert.Equal(64 << 20, options.MemoryBytes);
        Assert.Equal(2 << 20, options.MaxValueBytes);
        Assert.True(options.Insecure);
        Assert.Equal([("a", "b"), ("default", "c")], options.Auth);
    }

    [Theory]
    [InlineData("[]", "expected one object")]
    [InlineData("{", "not JSON at line 1")]
    [InlineData("{\n  \"Threads\": one\n}", "not JSON at line 2")]
    [InlineData("""{ "Thread": 1 }""", "unknown option 'Thread'")]
    [InlineData("""{ "Config": "x" }""", "unknown option 'Config'")]
    [InlineData("""{ "Threads": null }""", "Threads: expected a string, a number, true or false")]
    [InlineData("""{ "Threads": [1] }""", "Threads: expected a string, a number, true or false")]
    [InlineData("""{ "Threads": 1.5 }""", "Threads: '1.5' is not a number")]
    [InlineData("""{ "Threads": 1, "threads": 2 }""", "threads is given twice")]
    [InlineData("""{ "Listen": [] }""", "Listen: at least one address is needed")]
    [InlineData("""{ "Listen": [["127.0.0.1:1"]] }""", "Listen: expected a string")]
    public void A_bad_file_is_named_with_what_is_wrong(string text, string problem)
    {
        string file = Write(text);
        string message = Refusal(["--config", file], []);
        Assert.StartsWith(file, message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("GATEWAY_THREAD", "1", "unknown option 'GATEWAY_THREAD'")]
    [InlineData("GATEWAY_CONFIG", "x", "unknown option 'GATEWAY_CONFIG'")]
    [InlineData("GATEWAY_THREADS__0", "1", "unknown option 'GATEWAY_THREADS__0'")]
    [InlineData("GATEWAY_THREADS", "x", "GATEWAY_THREADS: 'x' is not a number")]
    [InlineData("GATEWAY_LISTEN__0", "x", "GATEWAY_LISTEN__0: 'x': expected HOST:PORT")]
    [InlineData("GATEWAY_INSECURE", "yes", "GATEWAY_INSECURE: 'yes' is neither true nor false")]
    public void A_bad_variable_is_named_with_what_is_wrong(string name, string value, string problem) =>
        Assert.Contains(problem, Refusal([], new Hashtable { [name] = value }));

    [Theory]
    [InlineData("GATEWAY_SERVICE_HOST", "10.0.0.1")]
    [InlineData("GATEWAY_PORT", "tcp://10.0.0.1:11211")]
    [InlineData("GATEWAY_PORT_11211_TCP_ADDR", "10.0.0.1")]
    [InlineData("GATEWAY_THREADS", "")]
    [InlineData("OTHER_THREADS", "x")]
    [InlineData("gateway_threads", "x")]
    public void Variables_of_an_orchestrator_and_empty_ones_are_no_options(string name, string value) =>
        Assert.Same(GatewayOptions.Default, Read([], new Hashtable { [name] = value }));

    [Theory]
    [InlineData("unknown option '--thread'", "--thread", "1")]
    [InlineData("unknown option '--Threads'", "--Threads", "1")]
    [InlineData("unknown option '-t'", "-t", "1")]
    [InlineData("unexpected argument '11211'", "11211")]
    [InlineData("--threads needs a value", "--threads")]
    [InlineData("--listen needs a value", "--listen", "--threads")]
    [InlineData("--config needs a value", "--config")]
    [InlineData("--threads is given twice", "--threads", "1", "--threads", "2")]
    [InlineData("--config is given twice", "--config", "a", "--config=b")]
    [InlineData("--insecure takes no value", "--insecure=true")]
    [InlineData("--help takes no value", "--help=all")]
    [InlineData("--threads: '' is not a number", "--threads=")]
    public void A_bad_command_line_is_told(string problem, params string[] args) =>
        Assert.StartsWith(problem, Refusal(args, []));

    [Fact]
    public void A_value_may_follow_an_equals_sign_and_hold_another()
    {
        GatewayOptions options = Read(["--auth=a:b=c", "--threads=2"], []);
        Assert.Equal([("a", "b=c")], options.Auth);
        Assert.Equal(2, options.Threads);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Assert.Contains("no such file", Refusal(["--config", _directory.File("none.json")], []));
        Assert.StartsWith("cannot read", Refusal(["--config", _directory.Path], []));
    }

    private GatewayOptions Read(string[] args, Hashtable environment) =>
        OptionsReader.Read(CommandLineArguments.Parse(args), environment, _directory.Path);

    private string Refusal(string[] args, Hashtable environment) =>
        Assert.Throws<StartupException>(() => Read(args, environment)).Message;

    private string Write(string text)
    {
        string path = _directory.File("config.json");
        File.WriteAllText(path, text);
        return path;
    }
}
