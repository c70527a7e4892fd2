using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;
using Xunit.Abstractions;

namespace SessionGateway.HostTests.Persistence;

/// <summary>A file system without room (ENOSPC) and a read-only one (EROFS) under a gateway that runs.</summary>
public sealed class SmallDiskTests : IDisposable
{
    private readonly int _port = Ports.Next();
    private readonly ITestOutputHelper _output;
    private SmallDisk? _disk;

    public SmallDiskTests(ITestOutputHelper output)
    {
        _output = output;
        output.WriteLine(SmallDisk.IsMounted ? "a file system of its own" : "no right to mount: a limit instead");
    }

    public void Dispose()
    {
        _output.WriteLine(_disk?.Output ?? "");
        _disk?.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Writes_go_on_while_the_disk_takes_none_and_the_log_is_whole_again_by_itself(bool isReadOnly)
    {
        SmallDisk disk = _disk = new SmallDisk(data => Args(data, "everysec"));
        using var client = RawConnection.Connect(_port);
        Assert.Equal("+OK", Set(client, "before"));
        Break(disk, isReadOnly);
        int writes = 0;
        Wait.Until(
            () => Set(client, $"during-{writes++ % 100}") == "+OK" && Info(client, "persistence") == "degraded",
            () => disk.Output);
        Wait.Until(() => disk.Output.Contains("persistence is degraded: "), () => disk.Output);
        Assert.Equal("+OK", Set(client, "after"));
        Assert.Equal("err", Info(client, "aof_last_write_status"));
        Mend(disk, isReadOnly);
        Wait.Until(() => Info(client, "persistence") == "ok", () => disk.Output);
        AssertThere(disk.Kill(), "everysec", "before", "during-0", "after");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_batch_nothing_is_acknowledged_that_the_disk_did_not_take(bool isReadOnly)
    {
        SmallDisk disk = _disk = new SmallDisk(data => Args(data, "batch"));
        using var client = RawConnection.Connect(_port);
        Assert.Equal("+OK", Set(client, "before"));
        Break(disk, isReadOnly);
        using (var first = RawConnection.Connect(_port))
        {
            // The disk had room for the rest of a block. The one behind it is closed without an answer, or refused
            // when already the mark of the last sync found no place.
            List<string> taken = [];
            string? reply = "+OK";
            for (int i = 0; reply == "+OK" && i < 1000; i++)
            {
                reply = TrySet(first, $"taken-{i}");
                taken.Add($"taken-{i}");
            }

            Assert.StartsWith("-MISCONF", reply ?? "-MISCONF", StringComparison.Ordinal);
            taken.RemoveAt(taken.Count - 1);
            Assert.StartsWith("-MISCONF", Set(client, "refused"), StringComparison.Ordinal);
            Assert.Equal("degraded", Info(client, "persistence"));
            Mend(disk, isReadOnly);
            Wait.Until(() => Info(client, "persistence") == "ok", () => disk.Output);
            Assert.Equal("+OK", Set(client, "after"));
            AssertThere(disk.Kill(), "batch", ["before", .. taken, "after"]);
        }
    }

    private static void Break(SmallDisk disk, bool isReadOnly)
    {
        if (isReadOnly)
        {
            disk.MakeReadOnly();
        }
        else
        {
            disk.Fill();
        }
    }

    private static void Mend(SmallDisk disk, bool isReadOnly)
    {
        if (isReadOnly)
        {
            disk.MakeWritable();
        }
        else
        {
            disk.Free();
        }
    }

    private static string Set(RawConnection client, string key)
    {
        client.Send($"SET {key} {new string('v', 1000)}{key}\r\n");
        return client.ReadThrough("\r\n").TrimEnd();
    }

    // Null: closed without an answer.
    private static string? TrySet(RawConnection client, string key)
    {
        try
        {
            return Set(client, key);
        }
        catch (Exception e) when (e is EndOfStreamException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }

    private static string Info(RawConnection client, string name)
    {
        client.Send("INFO persistence\r\n");
        int length = int.Parse(client.ReadThrough("\r\n")[1..].TrimEnd(), CultureInfo.InvariantCulture);
        return Encoding.Latin1.GetString(client.ReadExactly(length + 2)).Split("\r\n")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    private static void AssertThere(string data, string fsync, params string[] keys)
    {
        int port = Ports.Next();
        using ServerProcess again = GatewayProgram.Start(Args(port, data, fsync));
        using var reader = RawConnection.Connect(port);
        reader.Send($"EXISTS {string.Join(' ', keys)}\r\n");
        Assert.Equal($":{keys.Length}\r\n", reader.ReadThrough("\r\n"));
    }

    private static string[] Args(int port, string data, string fsync) =>
    [
        "--listen", $"127.0.0.1:{port}/resp", "--persist", "log", "--data-dir", data, "--fsync", fsync, "--memory",
        "64m",
    ];

    private string[] Args(string data, string fsync) => Args(_port, data, fsync);
}
