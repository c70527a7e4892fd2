using System.Globalization;
using System.Runtime.InteropServices;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Hosting;

/// <summary>
/// Signals. SIGTERM, SIGINT and SIGQUIT drain (the host's doing); a second one of them ends the process at once. All
/// others that would end it without a drain are ignored, from the first moment on: every session would be lost to a
/// mistyped <c>kill</c>.
/// </summary>
internal sealed class SignalWatch : IDisposable
{
    // dotnet run, and process managers that signal a whole group, send the first one twice.
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(200);

    // Those of signal(7) whose default is to end the process and that are no sign of a crash, by their numbers on
    // Linux; SIGPIPE is ignored by the runtime. Of the real-time signals the runtime keeps the first for itself.
    private static readonly Dictionary<int, string> Ignored = new()
    {
        [1] = "SIGHUP", [10] = "SIGUSR1", [12] = "SIGUSR2", [14] = "SIGALRM", [16] = "SIGSTKFLT", [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [26] = "SIGVTALRM", [27] = "SIGPROF", [29] = "SIGIO", [30] = "SIGPWR",
    };

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TimeProvider _time;
    private readonly Action _endNow;
    private long _firstEndAt;

    /// <summary>Starts to watch.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="endNow">Ends the process without a drain.</param>
    public SignalWatch(TimeProvider time, Action endNow)
    {
        _time = time;
        _endNow = endNow;
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT,
            PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => OnEnd(context.Signal)));
        }

        if (OperatingSystem.IsLinux())
        {
            foreach ((int number, string name) in Ignored)
            {
                _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, context =>
                {
                    context.Cancel = true;
                    OnIgnored?.Invoke(name);
                }));
            }
        }
    }

    /// <summary>Hears of ignored signals by their names; on a thread of the pool.</summary>
    public Action<string>? OnIgnored { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    /// <summary>One of the signals that drain has come.</summary>
    internal void OnEnd(PosixSignal signal)
    {
        long now = _time.GetTimestamp();
        long first = Interlocked.CompareExchange(ref _firstEndAt, now, 0);
        if (first != 0 && _time.GetElapsedTime(first, now) > SameSignal)
        {
            StandardStream.Error(string.Create(
                CultureInfo.InvariantCulture, $"gateway: {signal} for the second time: ended without a drain\n"));
            _endNow();
        }
    }
}
