using System.Globalization;
using System.Net.Sockets;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>
/// Asks a gateway again and again how far its log is, and knows from it what a kill cannot take: whatever was
/// acknowledged before a question whose position the gateway later called written. So the bar is the gateway's own word
/// and no time that a busy machine or a slow disk could stretch.
/// </summary>
/// <param name="port">Where to ask.</param>
internal sealed class WrittenWatch(int port)
{
    private readonly Queue<(long AskedAt, long Position)> _asked = new();
    private Exception? _failure;

    /// <summary>Milliseconds of <see cref="Environment.TickCount64"/>: what was acknowledged before is
    /// written.</summary>
    public long WrittenAt { get; private set; }

    /// <summary>Asks until the server is gone.</summary>
    public void Run()
    {
        try
        {
            using var asker = new Asker(port);
            while (true)
            {
                long now = Environment.TickCount64;
                string[] lines = asker.Info("persistence").Split("\r\n");
                _asked.Enqueue((now, Figure(lines, "log_position")));
                long written = Figure(lines, "log_written_position");
                while (_asked.TryPeek(out (long AskedAt, long Position) first) && first.Position <= written)
                {
                    WrittenAt = first.AskedAt;
                    _asked.Dequeue();
                }

                Thread.Sleep(10);
            }
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            // Killed.
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    /// <summary>It has ended as it should.</summary>
    public void Check() => Assert.True(_failure is null, $"{_failure}");

    private static long Figure(string[] lines, string name) => long.Parse(
        lines.Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..],
        CultureInfo.InvariantCulture);
}
