using System.Diagnostics;
using System.Text;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>
/// Clients that want nothing but to be served while others misbehave: two of each protocol, so that every event loop
/// has some. Each reads a value of its own again and again; every answer is compared, every wait is measured.
/// </summary>
internal sealed class Bystander : IDisposable
{
    /// <summary>Number of its connections.</summary>
    public const int Connections = 6;

    private const int Enough = 100;

    // Starved, not slow: how long a turn may take is held by tests with a clock of their own, and measured in bench.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly List<Place> _places = [];
    private readonly List<TimeSpan> _waits = [];
    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile int _answers;
    private volatile Exception? _failure;

    private Bystander(RunningGateway gateway)
    {
        for (int i = 0; i < Connections; i++)
        {
            Dialect dialect = Dialect.All[i % Dialect.All.Count];
            string key = $"bystander-{i}";
            byte[] value = Encoding.Latin1.GetBytes($"of {key}, {new string((char)('a' + i), 100)}");
            var place = new Place(dialect, dialect.Connect(gateway), dialect.Get(key), dialect.Found(key, value));
            dialect.Ask(place.Client, dialect.Set(key, value), dialect.Stored);
            _places.Add(place);
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "bystander" };
        _thread.Start();
    }

    /// <summary>Connects and begins to ask.</summary>
    public static Bystander Start(RunningGateway gateway) => new(gateway);

    /// <summary>Ends it, and asserts that all its questions were answered rightly, and that nearly none had to wait for
    /// the end of somebody else's work.</summary>
    /// <returns>How many answers, the middle and the 99th percentile of the waits.</returns>
    public string AssertServed()
    {
        Wait.Until(() => _answers >= Enough || _failure is not null, () => $"{Enough} answers; there are {_answers}");
        Stop();
        Assert.True(_failure is null, $"after {_waits.Count} answers: {_failure}");
        _waits.Sort();
        TimeSpan middle = _waits[_waits.Count / 2];
        TimeSpan slow = _waits[(int)(_waits.Count * 0.99)];
        string summary = $"{_waits.Count} answers to bystanders, p50 {middle.TotalMilliseconds:0.00} ms, "
            + $"p99 {slow.TotalMilliseconds:0.00} ms, longest {_waits[^1].TotalMilliseconds:0.00} ms";
        Assert.True(slow < LongestWait, summary);
        return summary;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Stop()
    {
        _stop = true;
        _thread.Join();
        _places.ForEach(place => place.Client.Dispose());
    }

    private void Run()
    {
        try
        {
            for (int i = 0; !_stop; i++)
            {
                Place place = _places[i % Connections];
                long start = Stopwatch.GetTimestamp();
                place.Dialect.Ask(place.Client, place.Request, place.Answer);
                _waits.Add(Stopwatch.GetElapsedTime(start));
                _answers = _waits.Count;
                Thread.Sleep(1);
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private sealed record Place(Dialect Dialect, Client Client, byte[] Request, byte[] Answer);
}
