using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using SessionGateway.CompatTests.Harness;
using Xunit.Abstractions;

namespace SessionGateway.HostTests.Process;

/// <summary>
/// A restart with inherited sockets refuses nobody, and what was answered is there afterwards. The long run:
/// <c>RESTARTS=20 dotnet test -c Release tests/HostTests --filter RestartWithoutGapTests</c>.
/// </summary>
public sealed class RestartWithoutGapTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 10;

    // A thousand requests a second.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(Clients);

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Next();
    private readonly ConcurrentBag<string> _failures = [];
    private int _requests;
    private int _closed;
    private long _slowest;
    private volatile bool _isEnding;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Nobody_is_refused_while_the_gateway_is_started_again_and_again_under_load()
    {
        int restarts = int.TryParse(Environment.GetEnvironmentVariable("RESTARTS"), out int asked) ? asked : 2;
        using var holder = new SocketHolder(_port,
        [
            "--listen", $"127.0.0.1:{_port}", "--persist", "log", "--fsync", "everysec", "--data-dir",
            _directory.File("data"), "--memory", "64m",
        ]);
        WaitForReady(holder, 1);
        Thread[] threads = [.. Enumerable.Range(0, Clients).Select(i => new Thread(() => Run(i)))];
        Array.ForEach(threads, t => t.Start());
        for (int restart = 1; restart <= restarts; restart++)
        {
            int enough = Volatile.Read(ref _requests) + 200;
            Wait.Until(() => Volatile.Read(ref _requests) >= enough || !_failures.IsEmpty, () => holder.Output);
            Tool.Run("kill", ["-TERM", $"{holder.Started[^1]}"]).Succeeded();
            WaitForReady(holder, restart + 1);
        }

        int last = Volatile.Read(ref _requests) + 200;
        Wait.Until(() => Volatile.Read(ref _requests) >= last || !_failures.IsEmpty, () => holder.Output);
        _isEnding = true;
        Array.ForEach(threads, t => t.Join());
        output.WriteLine($"{restarts} restarts, {_requests} requests: {_failures.Count} failures, {_closed} "
            + $"connections closed by a drain, slowest answer {_slowest} ms");
        Assert.Empty(_failures);
        Assert.DoesNotContain("torn", holder.Output);
    }

    private static void WaitForReady(SocketHolder holder, int count) =>
        Wait.Until(() => holder.Ready >= count || holder.HasExited, () => holder.Output);

    // Its key holds the last number that was acknowledged, or the one that was on its way when a connection was closed.
    private void Run(int client)
    {
        int number = 0, before = 0;
        RawConnection? connection = null;
        try
        {
            for (; !_isEnding; number++)
            {
                var watch = Stopwatch.StartNew();
                connection ??= RawConnection.Connect(_port);
                try
                {
                    before = Check(connection, client, number, before);
                    InterlockedMax(watch.ElapsedMilliseconds);
                    Interlocked.Increment(ref _requests);
                }
                catch (Exception e) when (e is EndOfStreamException or SocketException)
                {
                    // Closed by the drain, between two requests or in one: the next connection tells which.
                    Interlocked.Increment(ref _closed);
                    connection.Dispose();
                    connection = null;
                }

                TimeSpan rest = Interval - watch.Elapsed;
                Thread.Sleep(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            }
        }
        catch (Exception e)
        {
            _failures.Add($"client {client}, request {number}: {e}");
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private static int Check(RawConnection connection, int client, int number, int before)
    {
        connection.Send($"get client-{client}\r\n");
        string head = connection.ReadThrough("\r\n");
        int found = 0;
        if (head != "END\r\n")
        {
            found = int.Parse(connection.ReadThrough("\r\n"));
            connection.ReadThrough("END\r\n");
        }

        Assert.True(found >= before, $"{found} is there, but {before} had been acknowledged");
        string value = $"{number}";
        Assert.Equal("STORED\r\n",
            connection.Ask($"set client-{client} 0 0 {value.Length}\r\n{value}\r\n", "STORED\r\n"));
        return number;
    }

    private void InterlockedMax(long milliseconds)
    {
        long seen = Volatile.Read(ref _slowest);
        while (milliseconds > seen)
        {
            seen = Interlocked.CompareExchange(ref _slowest, milliseconds, seen);
        }
    }
}
