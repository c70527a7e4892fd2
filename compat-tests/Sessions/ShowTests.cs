using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sessions;

/// <summary><c>gateway session show</c> of what a real PHP stored in a running gateway.</summary>
public class ShowTests(ShowTests.Server server) : IClassFixture<ShowTests.Server>
{
    private const string Variables = "$_SESSION['user'] = 'alice'; $_SESSION['cart'] = ['sku' => 7];";

    private const string Masked = """
        user: text, 5 bytes
        cart:
          sku: integer

        """;

    private static readonly string Dotnet =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    [Theory]
    [InlineData("php", "php, 42 bytes")]
    [InlineData("php_serialize", "php_serialize, 60 bytes")]
    [InlineData("igbinary", "igbinary, 34 bytes")]
    [InlineData("msgpack", "msgpack, 25 bytes")]
    public void A_session_of_the_memcached_handler_is_found_and_its_format_detected(string serializer, string heading)
    {
        Session("memcached", $"127.0.0.1:{server.Gateway.AutoPort}", serializer, "mem-" + serializer, Variables);
        ToolResult result = Show("memc.sess.key.mem-" + serializer);
        Assert.Equal(($"# {heading}, 2 variables\n{Masked}", "", 0), (result.StdOut, result.StdErr, result.ExitCode));
    }

    [Fact]
    public void A_session_of_the_redis_handler_is_found_on_the_resp_listener()
    {
        Session("redis", $"tcp://127.0.0.1:{server.Gateway.RespPort}", "igbinary", "red", Variables);
        ToolResult result = Tool.Run(Dotnet,
            [Repository.GatewayDll, "session", "show", "--reveal", "--json", "--endpoint",
                $"127.0.0.1:{server.Gateway.RespPort}", "PHPREDIS_SESSION:red"]);
        Assert.Equal(("""{"user":"alice","cart":{"sku":7}}""" + "\n", ""), (result.StdOut, result.StdErr));
    }

    [Fact]
    public void A_session_in_another_database_is_found_by_its_number()
    {
        Session("redis", $"tcp://127.0.0.1:{server.Gateway.RespPort}?database=3", "php", "three", Variables);
        Assert.Contains("key 'PHPREDIS_SESSION:three' not found", Show("PHPREDIS_SESSION:three").StdErr);
        Assert.Contains("user: text, 5 bytes\n", Show("PHPREDIS_SESSION:three", "--db", "3").StdOut);
        Assert.Contains("not found at 127.0.0.1", Show("PHPREDIS_SESSION:three", "--db", "4").StdErr);
    }

    [Fact]
    public void What_pecl_memcache_compressed_is_opened()
    {
        Session("memcache", $"tcp://127.0.0.1:{server.Gateway.AutoPort}", "php", "pecl",
            "$_SESSION['text'] = str_repeat('lorem ', 5000);");
        ToolResult result = Show("pecl");
        Assert.StartsWith("# php, zlib by pecl-memcache, ", result.StdOut);
        Assert.EndsWith("text: text, 30000 bytes\n", result.StdOut);
    }

    [Theory]
    [InlineData("SERIALIZER_PHP", "COMPRESSION_FASTLZ", "php_serialize item of php-memcached, fastlz by php-memcached")]
    [InlineData("SERIALIZER_IGBINARY", "COMPRESSION_ZLIB", "igbinary item of php-memcached, zlib by php-memcached")]
    [InlineData("SERIALIZER_JSON_ARRAY", "COMPRESSION_ZLIB", "json item of php-memcached, zlib by php-memcached")]
    public void What_Memcached_set_serialized_and_compressed_is_opened_by_its_flags(string serializer,
        string compression, string heading)
    {
        Php($"""
            $m = new Memcached();
            $m->setOption(Memcached::OPT_SERIALIZER, Memcached::{serializer});
            $m->setOption(Memcached::OPT_COMPRESSION_TYPE, Memcached::{compression});
            $m->addServer('127.0.0.1', {server.Gateway.AutoPort});
            $m->set('item-{serializer}', ['name' => 'alice', 'text' => str_repeat('lorem ', 1000)]) or exit(1);
            """);
        ToolResult result = Show("item-" + serializer);
        Assert.StartsWith($"# {heading}, ", result.StdOut);
        Assert.EndsWith("name: text, 5 bytes\ntext: text, 6000 bytes\n", result.StdOut);
    }

    [Theory]
    [InlineData("COMPRESSION_LZ4", null)]
    [InlineData("COMPRESSION_LZF", "lzf")]
    public void What_phpredis_compressed_is_opened(string compression, string? given)
    {
        Php($"""
            $r = new Redis();
            $r->connect('127.0.0.1', {server.Gateway.RespPort});
            $r->setOption(Redis::OPT_COMPRESSION, Redis::{compression});
            $r->set('{compression}', 'text|s:6000:"' . str_repeat('lorem ', 1000) . '";') or exit(1);
            """);
        string[] options = given is null ? [] : ["--compression", given];
        ToolResult result = Show(compression, options);
        Assert.StartsWith($"# php, {given ?? "lz4"} by phpredis, ", result.StdOut);
        Assert.EndsWith("text: text, 6000 bytes\n", result.StdOut);
    }

    [Fact]
    public void A_session_that_Laravel_serialized_twice_is_opened()
    {
        Php($"""
            $r = new Redis();
            $r->connect('127.0.0.1', {server.Gateway.RespPort});
            $r->set('laravel', serialize(serialize(['_token' => 'abc']))) or exit(1);
            """);
        Assert.Equal("# php_serialize in a serialized string, 37 bytes, 1 variable\n_token: text, 3 bytes\n",
            Show("laravel").StdOut);
    }

    [Fact]
    public void Damaged_bytes_are_named_with_their_offset_and_a_hash_is_no_session()
    {
        Php($"""
            $r = new Redis();
            $r->connect('127.0.0.1', {server.Gateway.RespPort});
            $r->set('damaged', 'user|s:9:"alice";') or exit(1);
            """);
        ToolResult result = Show("damaged", "--format", "php");
        Assert.Equal((1, "", "gateway session: 'damaged': php: BadLength at byte 7\n"),
            (result.ExitCode, result.StdOut, result.StdErr));
        Assert.Contains("fit no format", Show("damaged").StdErr);
    }

    [Fact]
    public void A_unix_socket_and_a_key_with_blanks_work_too()
    {
        Php($"""
            $r = new Redis();
            $r->connect('127.0.0.1', {server.Gateway.RespPort});
            $r->set('a key', 'n|i:1;') or exit(1);
            """);
        ToolResult result = Tool.Run(Dotnet,
            [Repository.GatewayDll, "session", "show", "--endpoint", $"unix:{server.Gateway.UnixPath}", "a key"]);
        Assert.Equal("# php, 6 bytes, 1 variable\nn: integer\n", result.StdOut);
    }

    [Fact]
    public void A_login_is_sent_by_either_protocol()
    {
        using var gateway = GatewayServer.Start("--auth", "shop:secret");
        foreach (int port in new[] { gateway.AutoPort, gateway.RespPort })
        {
            string[] show = [Repository.GatewayDll, "session", "show", "--endpoint", $"127.0.0.1:{port}", "k"];
            Assert.Equal("gateway session: the server asks for a login; try --auth\n", Tool.Run(Dotnet, show).StdErr);
            Assert.Contains("login refused", Tool.Run(Dotnet, [.. show, "--auth", "shop:wrong"]).StdErr);
            Assert.Contains("key 'k' not found", Tool.Run(Dotnet, [.. show, "--auth", "shop:secret"]).StdErr);
            var environment = new Dictionary<string, string> { ["GATEWAY_AUTH__0"] = "shop:secret" };
            Assert.Contains("key 'k' not found", Tool.Run(Dotnet, show, env: environment).StdErr);
        }
    }

    private static void Session(string handler, string path, string serializer, string id, string variables) => Php($"""
        ini_set('session.save_handler', '{handler}');
        ini_set('session.save_path', '{path}');
        ini_set('session.serialize_handler', '{serializer}');
        ini_set('session.use_cookies', '0');
        session_id('{id}');
        session_start();
        {variables}
        session_write_close();
        """);

    private static void Php(string script) => Tool.Run("php", ["-r", script]).Succeeded();

    private ToolResult Show(string key, params string[] options) => Tool.Run(Dotnet,
        [Repository.GatewayDll, "session", "show", "--endpoint", $"127.0.0.1:{server.Gateway.AutoPort}", .. options,
            key]);

    /// <summary>One gateway for all.</summary>
    public sealed class Server : IDisposable
    {
        public GatewayServer Gateway { get; } = GatewayServer.Start();

        public void Dispose() => Gateway.Dispose();
    }
}
