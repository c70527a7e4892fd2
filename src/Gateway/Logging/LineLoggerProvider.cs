using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SessionGateway.Gateway.Logging;

/// <summary>
/// Logs to stderr, one line per event. Lines are written by a task of its own: an event loop must never wait for a
/// terminal or a pipe that nobody reads. When <see cref="QueuedLines"/> wait already, the newest are dropped and
/// counted.
/// </summary>
/// <remarks>
/// Microsoft.Extensions.Logging.Console does the same by a queue of its own, but takes its options through
/// configuration binding, and its queue makes the caller wait when it is full unless told otherwise.
/// </remarks>
internal sealed class LineLoggerProvider(TimeProvider time) : ILoggerProvider
{
    /// <summary>Lines that wait at most (ConsoleLoggerOptions.MaxQueueLength).</summary>
    public const int QueuedLines = 2500;

    private readonly Channel<string> _lines =
        Channel.CreateBounded<string>(new BoundedChannelOptions(QueuedLines) { SingleReader = true });

    private readonly Lock _startLock = new();
    private Task? _writing;
    private int _dropped;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, time, ShortName(categoryName));

    /// <summary>Queues a line.</summary>
    public void Write(string line)
    {
        if (_writing is null)
        {
            Start();
        }

        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing?.Wait(TimeSpan.FromSeconds(1));
    }

    private static string ShortName(string category) =>
        category[(category.LastIndexOf('.') + 1)..].ToLowerInvariant();

    private void Start()
    {
        lock (_startLock)
        {
            _writing ??= Task.Run(WriteAllAsync);
        }
    }

    private async Task WriteAllAsync()
    {
        await foreach (string line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            StandardStream.Error(line);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and int dropped)
            {
                StandardStream.Error($"({dropped} log lines dropped: they came faster than they could be written)\n");
            }
        }
    }
}
