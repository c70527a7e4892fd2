using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

/// <summary>What is in the memory of a gateway that does no more than serve.</summary>
public sealed class LoadedTests
{
    private const string Unlock =
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    [Fact]
    public void A_gateway_that_serves_has_loaded_neither_OpenSSL_nor_what_only_its_tools_need()
    {
        int port = Ports.Next();
        using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}/auto"]);
        using var text = RawConnection.Connect(port);
        Assert.Equal("STORED\r\n", text.Ask("set a 0 60 1\r\nx\r\n", "STORED\r\n"));
        using var resp = RawConnection.Connect(port);
        string eval = $"*5\r\n$4\r\nEVAL\r\n${Unlock.Length}\r\n{Unlock}\r\n$1\r\n1\r\n$1\r\na\r\n$1\r\nx\r\n";
        Assert.Equal(":1\r\n", resp.Ask(eval, ":1\r\n"));
        // The one function of a script that names a hash by itself.
        const string sha1 = "return redis.sha1hex('abc')";
        string name = $"$40\r\na9993e364706816aba3e25717850c26c9cd0d89d\r\n";
        Assert.Equal(name, resp.Ask($"*3\r\n$4\r\nEVAL\r\n${sha1.Length}\r\n{sha1}\r\n$1\r\n0\r\n", name));
        string maps = File.ReadAllText($"/proc/{gateway.Id}/maps");
        Assert.Contains("libcoreclr.so", maps, StringComparison.Ordinal);
        foreach (string part in (string[])
            ["libcrypto", "System.Security.Cryptography", "SessionGateway.Sessions"])
        {
            Assert.DoesNotContain(part, maps, StringComparison.Ordinal);
        }

        Assert.Equal(0, gateway.Terminate(Wait.Patience));
    }
}
