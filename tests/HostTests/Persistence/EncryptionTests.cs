using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

/// <summary><c>--data-key-file</c>: nothing of a session is on the disk in the clear, and what is locked is never taken
/// for damaged.</summary>
public sealed class EncryptionTests : IDisposable
{
    private const string FirstKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string SecondKey = "ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM=";

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();

    private string Data => _directory.File("data");

    private string KeyFile => _directory.File("keys");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Sessions_are_encrypted_on_the_disk_and_there_after_a_restart_with_the_key_only()
    {
        WriteKeys(KeyFile, $"# of today\n{FirstKey}\n");
        using (ServerProcess gateway = GatewayProgram.Start(Args("--data-key-file", KeyFile)))
        {
            Write("a-secret-key", "a-secret-value");
            string commandLine = File.ReadAllText($"/proc/{gateway.Id}/cmdline");
            Assert.Equal(0, gateway.Terminate(Wait.Patience));
            Assert.DoesNotContain(FirstKey, gateway.Output + commandLine, StringComparison.OrdinalIgnoreCase);
        }

        string[] files = Directory.GetFiles(Data, "*.log");
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        Assert.DoesNotContain(before, bytes => bytes.AsSpan().IndexOf("a-secret"u8) >= 0);
        WriteKeys(_directory.File("wrong"), SecondKey);
        foreach (string[] keys in (string[][])[[], ["--data-key-file", _directory.File("wrong")]])
        {
            ToolResult started = GatewayProgram.Run(Args(keys));
            ToolResult repaired = GatewayProgram.Run(["repair", Data, .. keys]);
            Assert.Equal((1, 1), (started.ExitCode, repaired.ExitCode));
            Assert.Matches(
                @"^gateway: --data-dir .*: 0000000001\.log is encrypted with key [0-9a-f]{16}, which is not .*\n$",
                started.StdErr);
            Assert.Matches("^gateway repair: .* is encrypted with key .*\n$", repaired.StdErr);
            Assert.Equal(before, files.Select(File.ReadAllBytes));
        }

        Assert.Equal(0, GatewayProgram.Run("repair", Data, "--data-key-file", KeyFile).ExitCode);
        using ServerProcess again = GatewayProgram.Start(
            Args(), new Dictionary<string, string> { ["GATEWAY_DATA_KEY"] = $"{SecondKey},{FirstKey}" });
        AssertThere("a-secret-key", "a-secret-value");
    }

    [Fact]
    public void A_new_first_key_is_used_from_the_next_segment_on_and_a_state_makes_the_old_one_needless()
    {
        WriteKeys(KeyFile, FirstKey);
        using (ServerProcess gateway = GatewayProgram.Start(Args("--data-key-file", KeyFile, "--fsync", "batch")))
        {
            Write("key", "value");
            string first = Info("log_key");
            WriteKeys(KeyFile, $"{SecondKey}\n{FirstKey}\n");
            using var client = RawConnection.Connect(_port);
            client.Send("BGREWRITEAOF\r\n");
            client.ReadThrough("\r\n");
            Wait.Until(() => Info("aof_rewrites") == "1", () => gateway.Output);
            Assert.NotEqual(first, Info("log_key"));
            gateway.Kill();
        }

        WriteKeys(KeyFile, SecondKey);
        using ServerProcess again = GatewayProgram.Start(Args("--data-key-file", KeyFile));
        AssertThere("key", "value");
    }

    [Fact]
    public void Keys_that_cannot_be_used_are_one_line_that_does_not_tell_them()
    {
        const string slip = "00010203040506070809";
        WriteKeys(KeyFile, $"{FirstKey}\n{slip}\n");
        ToolResult bad = GatewayProgram.Run(Args("--data-key-file", KeyFile));
        Assert.Equal(
            (1, $"gateway: --data-key-file {KeyFile}: key 2 is not 32 bytes in hexadecimal or base64\n"),
            (bad.ExitCode, bad.StdErr));
        ToolResult missing = GatewayProgram.Run(Args("--data-key-file", _directory.File("none")));
        Assert.Equal(1, missing.ExitCode);
        Assert.Matches("^gateway: --data-key-file .*none cannot be read: .*\n$", missing.StdErr);
        ToolResult both = GatewayProgram.Run(
            Args("--data-key-file", KeyFile), new Dictionary<string, string> { ["GATEWAY_DATA_KEY"] = FirstKey });
        Assert.Equal(
            (1, "gateway: --data-key-file and GATEWAY_DATA_KEY are both given\n"), (both.ExitCode, both.StdErr));
    }

    [Theory]
    [InlineData("644", false)]
    [InlineData("620", false)]
    [InlineData("602", false)]
    [InlineData("640", true)]
    [InlineData("440", true)]
    [InlineData("600", true)]
    [InlineData("400", true)]
    public void A_key_file_that_others_may_read_is_refused(string mode, bool isTaken)
    {
        WriteKeys(KeyFile, FirstKey);
        SetMode(KeyFile, (UnixFileMode)Convert.ToInt32(mode, 8));
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "0000000001.log"), "");
        ToolResult result = GatewayProgram.Run("repair", Data, "--data-key-file", KeyFile);
        string refused =
            $"gateway repair: --data-key-file {KeyFile} is open to others than its owner: chmod 600 {KeyFile}\n";
        Assert.Equal((isTaken ? 0 : 1, isTaken ? "" : refused), (result.ExitCode, result.StdErr));
    }

    [Fact]
    public void Without_OpenSSL_a_key_is_one_line_and_the_session_tool_needs_none()
    {
        // The loader takes these instead of the system's, and finds that they are none.
        foreach (string version in (string[])["3", "1.1", "1.0.2", "1.0.0", "10"])
        {
            File.WriteAllText(_directory.File("libssl.so." + version), "");
        }

        var environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = _directory.File(".") };
        WriteKeys(KeyFile, FirstKey);
        ToolResult file = GatewayProgram.Run(Args("--data-key-file", KeyFile), environment);
        Assert.Equal(
            (1, $"gateway: --data-key-file {KeyFile} needs OpenSSL, and there is no libssl on this machine (Debian: "
                + "libssl3)\n"),
            (file.ExitCode, file.StdErr));
        ToolResult variable = GatewayProgram.Run(
            Args(), new Dictionary<string, string>(environment) { ["GATEWAY_DATA_KEY"] = FirstKey });
        Assert.Equal(1, variable.ExitCode);
        Assert.Matches("^gateway: GATEWAY_DATA_KEY needs OpenSSL, .*\n$", variable.StdErr);
        string session = _directory.File("session");
        File.WriteAllText(session, "user|s:5:\"alice\";count|i:3;");
        ToolResult recoded = GatewayProgram.Run(
            ["session", "recode", "--from", "php", "--to", "aspnetcore", session], environment);
        Assert.Equal((0, ""), (recoded.ExitCode, recoded.StdErr));
    }

    private static void WriteKeys(string path, string text)
    {
        File.WriteAllText(path, text);
        SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private void Write(string key, string value)
    {
        using var client = RawConnection.Connect(_port);
        client.Send($"SET {key} {value}\r\n");
        Assert.Equal("+OK\r\n", client.ReadThrough("\r\n"));
    }

    private void AssertThere(string key, string value)
    {
        using var client = RawConnection.Connect(_port);
        client.Send($"GET {key}\r\n");
        string expected = $"${value.Length}\r\n{value}\r\n";
        Assert.Equal(expected, client.ReadThrough(value + "\r\n"));
    }

    private string Info(string name)
    {
        using var client = RawConnection.Connect(_port);
        client.Send("INFO persistence\r\n");
        int length = int.Parse(client.ReadThrough("\r\n")[1..].TrimEnd(), CultureInfo.InvariantCulture);
        return Encoding.Latin1.GetString(client.ReadExactly(length + 2)).Split("\r\n")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    private string[] Args(params string[] more) =>
        ["--listen", $"127.0.0.1:{_port}/resp", "--persist", "log", "--data-dir", Data, .. more];
}
