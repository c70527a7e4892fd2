using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire;

/// <summary>
/// The names that monitors and clients read from INFO, taken from their sources: each is told, or
/// docs/protocols/info.md says why it is not, and which are always the same.
/// </summary>
public sealed class MonitorNamesTests : IDisposable
{
    private readonly TempDirectory _data = new();
    private readonly GatewayServer _gateway;

    public MonitorNamesTests() =>
        // With a log there is more to tell.
        _gateway = GatewayServer.Start("--persist", "log", "--data-dir", _data.File("data"));

    public void Dispose()
    {
        _gateway.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("redis_exporter.txt")]
    [InlineData("telegraf.txt")]
    [InlineData("redisinsight.txt")]
    [InlineData("clients.txt")]
    public void What_a_monitor_reads_is_told_or_explained(string list)
    {
        string[] read = [.. File.ReadLines(Path.Combine(Repository.Root, "compat-tests", "Wire", "Monitors", list))
            .Where(line => line[0] != '#').SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.True(read.Length > 10, list);
        string[] missing = [.. InfoTests.Table("Names of Redis that are missing").SelectMany(row => row.Names),
            .. InfoTests.Table("Names of others that are missing").SelectMany(row => row.Names)];
        Dictionary<string, string> told = Info();
        Assert.Equal([], read.Except(told.Keys).Except(missing));
        Assert.Equal([], missing.Where(told.ContainsKey));
    }

    [Fact]
    public void What_is_called_always_the_same_is_so()
    {
        Dictionary<string, string> told = Info();
        foreach ((string[] names, string value) in InfoTests.Table("Names that always tell the same"))
        {
            foreach (string name in names)
            {
                Assert.Equal($"{name}:{value}", $"{name}:{told.GetValueOrDefault(name)}");
            }
        }
    }

    private Dictionary<string, string> Info()
    {
        using var connection = RawConnection.Connect(_gateway.RespPort);
        Wait.Until(() => InfoTests.Info(connection)["loading"] == "0", () => "the end of reading the log");
        InfoTests.Talk(connection);
        return InfoTests.Info(connection);
    }
}
