using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Pair;

/// <summary>
/// Clients that write to whichever of two nodes takes it, each keys of its own with numbers that grow, and keep what
/// was acknowledged: the judge of what is lost.
/// </summary>
internal sealed class Recorder : IDisposable
{
    private const int Clients = 4;

    private readonly int[] _ports;
    private readonly Thread[] _threads;
    private readonly long[] _acknowledged = new long[Clients];
    private readonly List<(string Key, long Number)>[] _all =
        [.. Enumerable.Range(0, Clients).Select(_ => new List<(string, long)>())];
    private volatile bool _isEnding;

    /// <summary>Begins to write.</summary>
    public Recorder(params int[] ports)
    {
        _ports = ports;
        _threads = [.. Enumerable.Range(0, Clients).Select(i => new Thread(() => Run(i)))];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Writes that were acknowledged.</summary>
    public long Acknowledged => Enumerable.Range(0, Clients).Sum(i => Volatile.Read(ref _acknowledged[i]));

    /// <summary>Waits until so many more are acknowledged.</summary>
    public void WaitForMore(long count)
    {
        long wanted = Acknowledged + count;
        Wait.Until(() => Acknowledged >= wanted, () => $"{wanted} writes are acknowledged, {Acknowledged} so far");
    }

    /// <summary>Ends, and asks a node for everything that was acknowledged.</summary>
    /// <returns>What is not there.</returns>
    public List<string> Missing(int port)
    {
        Dispose();
        using var connection = RawConnection.Connect(port);
        var missing = new List<string>();
        foreach ((string key, long number) in _all.SelectMany(one => one))
        {
            connection.Send(Requests.Resp("GET", key));
            if (PairNode.Text(connection.ReadResp()) != $"{number}")
            {
                missing.Add(key);
            }
        }

        return missing;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Run(int client)
    {
        int turn = client;
        long number = 0;
        while (!_isEnding)
        {
            try
            {
                using var connection = RawConnection.Connect(_ports[turn++ % _ports.Length]);
                while (!_isEnding)
                {
                    string key = $"{client}:{++number}";
                    connection.Send(Requests.Resp("SET", key, $"{number}"));
                    if (connection.ReadThrough("\r\n", TimeSpan.FromSeconds(3)) != "+OK\r\n")
                    {
                        break;
                    }

                    _all[client].Add((key, number));
                    Volatile.Write(ref _acknowledged[client], _acknowledged[client] + 1);
                }
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException
                or InvalidOperationException)
            {
                // Another node, then.
            }

            Thread.Sleep(20);
        }
    }
}
