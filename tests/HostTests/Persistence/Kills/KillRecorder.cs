using System.Net.Sockets;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>
/// A client with keys of its own that keeps every acknowledgement: what all its keys held after each of its steps.
/// After a kill it reads them, and proves that what is there is a moment of its past: the same one for all keys.
/// </summary>
/// <param name="number">Names its keys.</param>
/// <param name="seed">Of what it does.</param>
/// <param name="longest">Bytes of its longest values.</param>
internal sealed class KillRecorder(int number, int seed, int longest)
{
    private readonly StepMaker _maker = new(new Random(seed), number, longest);
    private readonly List<Step> _steps = [];
    private Held?[] _base = new Held?[StepMaker.Keys];
    private Exception? _failure;
    private int _acknowledged;
    private int _groups;

    /// <summary>Steps that were acknowledged since the beginning; from any thread.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Those of them that changed several keys at once.</summary>
    public int Groups => _groups;

    /// <summary>Acknowledged steps that kills took.</summary>
    public int Lost { get; private set; }

    /// <summary>How long before its kill the oldest of them was acknowledged, in milliseconds.</summary>
    public long OldestLost { get; private set; }

    /// <summary>Writes until the server is gone.</summary>
    public void Run(int port)
    {
        try
        {
            using var asker = new Asker(port);
            while (true)
            {
                Held?[] now = _steps.Count == 0 ? _base : _steps[^1].After;
                if (_maker.Next(now, out Step step) is not { } request)
                {
                    continue;
                }

                _steps.Add(step);
                request(asker);
                step.AcknowledgedAt = Environment.TickCount64;
                Interlocked.Increment(ref _acknowledged);
                _groups += step.After.Where((held, i) => !ReferenceEquals(held, now[i])).Count() > 1 ? 1 : 0;
            }
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            // Killed: the last step may have happened.
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    /// <summary>Compares what is there with the past.</summary>
    /// <param name="port">Where to ask.</param>
    /// <param name="killedAt">When the process was killed.</param>
    /// <param name="writtenAt">No step that was acknowledged before may be missing.</param>
    public void Check(int port, long killedAt, long writtenAt)
    {
        Assert.True(_failure is null, $"client {number}, seed {seed}: {_failure}");
        using var asker = new Asker(port);
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Held?[] found = [.. _maker.Names.Select(asker.Read)];
        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (int moment = _steps.Count - 1; moment >= -1; moment--)
        {
            Held?[] then = moment < 0 ? _base : _steps[moment].After;
            if (!then.Zip(found).All(pair => Held.Fits(pair.First, pair.Second, before, after)))
            {
                continue;
            }

            CountLost(_steps.Skip(moment + 1), killedAt, writtenAt);
            // What was found is the past from now on, with the uniques that it has.
            _base = [.. then.Zip(found, (known, read) => read is null ? null : known! with { Cas = read.Cas })];
            _steps.Clear();
            _maker.CheckUniquesGoOn(asker, found);
            return;
        }

        Assert.Fail($"client {number}, seed {seed}: what is there never was: "
            + string.Join("; ", found.Select((held, i) => $"{_maker.Names[i]} = {held}")) + "\nThe last steps: "
            + string.Join("\n", _steps.TakeLast(5).Select(s => $"{s.What}, {s.AcknowledgedAt}: "
                + string.Join("; ", s.After.Select((held, i) => $"{_maker.Names[i]} = {held}")))));
    }

    private void CountLost(IEnumerable<Step> gone, long killedAt, long writtenAt)
    {
        Step[] lost = [.. gone.Where(s => s.AcknowledgedAt is not null)];
        int kept = lost.Count(s => s.AcknowledgedAt < writtenAt);
        Assert.True(kept == 0,
            $"client {number}, seed {seed}: {kept} acknowledged steps are gone that were on the disk, "
                + $"'{lost.FirstOrDefault()?.What}' was the first one");
        Lost += lost.Length;
        OldestLost = lost.Aggregate(OldestLost, (oldest, s) => Math.Max(oldest, killedAt - s.AcknowledgedAt!.Value));
    }
}
