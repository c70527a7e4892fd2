using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>The gateway as a process of its own, with two event loops and one listener of each kind.</summary>
internal sealed class RunningGateway : IDisposable
{
    /// <summary>
    /// What resident memory of an innocent process moves by: the collector's heaps, compiled code, the C library's.
    /// Twice what was seen on a machine with 35 runnable threads. A test's offender would leave more than that; finer
    /// figures are those of <c>bench/Load</c>.
    /// </summary>
    public const long NoiseKiB = 96 << 10;

    private const int WarmRequests = 2000;
    private const int RestMilliseconds = 300;
    private const double RestingShare = 0.15;

    private readonly TempDirectory _directory;
    private Client? _statistics;

    private RunningGateway(ServerProcess process, TempDirectory directory, string unixPath)
    {
        Process = process;
        _directory = directory;
        UnixPath = unixPath;
        AutoPort = PortOf("auto");
        RespPort = PortOf("resp");
        MemcachedPort = PortOf("memcached");
    }

    /// <summary>The process.</summary>
    public ServerProcess Process { get; }

    /// <summary>Reads every protocol; letters are memcached text.</summary>
    public int AutoPort { get; }

    /// <summary>Reads RESP and memcached binary; letters are RESP inline commands.</summary>
    public int RespPort { get; }

    /// <summary>Reads memcached text and binary.</summary>
    public int MemcachedPort { get; }

    /// <summary>As <see cref="AutoPort"/>.</summary>
    public string UnixPath { get; }

    /// <summary>Resident memory, KiB.</summary>
    public long ResidentKiB => ProcessMemory.ResidentKiB(Process.Id);

    /// <summary>Largest resident memory so far, KiB.</summary>
    public long PeakKiB => ProcessMemory.PeakKiB(Process.Id);

    /// <summary>Connections that the gateway has, without the one that asks; null when that one was refused.</summary>
    public int? Connections
    {
        get
        {
            try
            {
                _statistics ??= Client.Connect(RespPort);
                return Listed(_statistics) - 1;
            }
            catch (Exception e) when (e is SocketException or EndOfStreamException)
            {
                // The places of connections that a test has just closed are not free yet.
                _statistics?.Dispose();
                _statistics = null;
                return null;
            }
        }
    }

    // CLIENT LIST has all of them: the counters of each protocol count their own, and those that have said nothing
    // twice.
    private static int Listed(Client client)
    {
        client.Send("CLIENT LIST\r\n");
        var head = new StringBuilder();
        byte[] one = new byte[1];
        // $<length>, line end, so many bytes, line end; a refusal has no length.
        while (one[0] != '\n')
        {
            client.Read(one);
            head.Append((char)one[0]);
        }

        if (head[0] != '$')
        {
            throw new EndOfStreamException(head.ToString());
        }

        byte[] list = client.Read(int.Parse(head.ToString(1, head.Length - 3), CultureInfo.InvariantCulture) + 2);
        return list.AsSpan().Count((byte)'\n') - 1;
    }

    /// <summary>Starts a gateway and waits until it says that it is ready.</summary>
    public static RunningGateway Start(string transport, params string[] args) => Start([], transport, args);

    /// <summary>Starts a gateway that may open so many descriptors.</summary>
    public static RunningGateway StartWithDescriptors(int descriptors, string transport, params string[] args) =>
        Start(["sh", "-c", $"ulimit -n {descriptors} && exec \"$@\"", "sh"], transport, args);

    /// <summary>One number of memcached's stats.</summary>
    public static long Statistic(Client client, string name)
    {
        client.Send("stats\r\n");
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (text.Length < 5 || text.ToString(text.Length - 5, 5) != "END\r\n")
        {
            client.Read(one);
            text.Append((char)one[0]);
        }

        return long.Parse(
            Regex.Match(text.ToString(), $@"^STAT {name} (\d+)\r$", RegexOptions.Multiline).Groups[1].Value,
            CultureInfo.InvariantCulture);
    }

    /// <summary>Lets every protocol work a little, so that code and buffers are in memory.</summary>
    /// <returns>Resident memory after it, KiB.</returns>
    public long Warm()
    {
        foreach (Dialect dialect in Dialect.All)
        {
            // Both loops.
            for (int i = 0; i < 2; i++)
            {
                using Client client = dialect.Connect(this);
                byte[] value = new byte[4000];
                byte[] answer = dialect.Found("warm", value);
                dialect.Ask(client, dialect.Set("warm", value), dialect.Stored);
                for (int n = 0; n < WarmRequests; n++)
                {
                    dialect.Ask(client, dialect.Get("warm"), answer);
                }
            }
        }

        AssertConnections(0);
        // The runtime compiles what turned out to be hot a tenth of a second later.
        Thread.Sleep(300);
        return ResidentKiB;
    }

    /// <summary>Asserts that the gateway comes to have so many connections.</summary>
    public void AssertConnections(int expected) =>
        Wait.Until(() => Connections == expected,
            () => $"{expected} connections; there are {Connections}\n{Process.Output}");

    /// <summary>Asserts that resident memory comes back to what it was, give or take <see cref="NoiseKiB"/>.</summary>
    /// <param name="beforeKiB">What it was.</param>
    /// <param name="keptKiB">So much may be kept on purpose.</param>
    public void AssertMemoryReturns(long beforeKiB, long keptKiB = 0) => Wait.Until(
        () => ResidentKiB <= beforeKiB + keptKiB + NoiseKiB,
        () =>
            $"resident memory of {beforeKiB} + {keptKiB} + {NoiseKiB} KiB; it is {ResidentKiB}, was at most {PeakKiB}");

    /// <summary>Asserts that resident memory was never more than so much above what it was.</summary>
    public void AssertMemoryStayed(long beforeKiB) => Assert.True(
        PeakKiB < beforeKiB + NoiseKiB, $"resident {beforeKiB} KiB before, at most {PeakKiB} KiB");

    /// <summary>Asserts that the process comes to rest: nobody asks anything, so no thread of it may turn in
    /// circles.</summary>
    public void AssertRests()
    {
        using var process = System.Diagnostics.Process.GetProcessById(Process.Id);
        double share = 1;
        Wait.Until(
            () =>
            {
                process.Refresh();
                TimeSpan before = process.TotalProcessorTime;
                Thread.Sleep(RestMilliseconds);
                process.Refresh();
                share = (process.TotalProcessorTime - before).TotalMilliseconds / RestMilliseconds;
                return share < RestingShare;
            },
            () => $"a gateway at rest; it takes {share:P0} of a core");
    }

    /// <summary>Waits until its log has a text: the line comes behind what a client sees of the same event.</summary>
    public void AwaitLog(string text) =>
        Wait.Until(() => Process.Output.Contains(text), () => $"'{text}' in the log, not {Process.Output}");

    /// <summary>Asserts that the process lives and serves.</summary>
    public void AssertServes()
    {
        Assert.False(Process.HasExited, Process.Output);
        foreach (Dialect dialect in Dialect.All)
        {
            using Client client = dialect.Connect(this);
            byte[] value = Encoding.Latin1.GetBytes($"alive {dialect.Name}");
            dialect.Ask(client, dialect.Set("alive", value), dialect.Stored);
            dialect.Ask(client, dialect.Get("alive"), dialect.Found("alive", value));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statistics?.Dispose();
        Process.Dispose();
        _directory.Dispose();
    }

    private static RunningGateway Start(string[] launcher, string transport, string[] args)
    {
        var directory = new TempDirectory();
        ServerProcess? process = null;
        try
        {
            string unixPath = directory.File("g.sock");
            string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path
                ? path : "dotnet";
            string[] command =
            [
                .. launcher, dotnet, Repository.GatewayDll, "--listen", "127.0.0.1:0/auto", "--listen",
                "127.0.0.1:0/resp",
                "--listen", "127.0.0.1:0/memcached", "--listen", $"unix:{unixPath}/auto",
                "--threads", "2", "--transport", transport, .. args,
            ];
            process = ServerProcess.Start(command[0], command[1..], workingDirectory: directory.Path);
            Wait.Until(() => process.Output.Contains("\nready\n") || process.HasExited,
                () => $"ready; printed {process.Output}");
            return process.HasExited
                ? throw new InvalidOperationException($"the gateway ended with {process.ExitCode}: {process.Output}")
                : new RunningGateway(process, directory, unixPath);
        }
        catch
        {
            process?.Dispose();
            directory.Dispose();
            throw;
        }
    }

    private int PortOf(string protocol) => int.Parse(
        Regex.Match(Process.Output, $@"^listening on 127\.0\.0\.1:(\d+)/{protocol}\r?$",
            RegexOptions.Multiline).Groups[1].Value,
        CultureInfo.InvariantCulture);
}
