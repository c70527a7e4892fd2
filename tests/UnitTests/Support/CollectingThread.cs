namespace SessionGateway.UnitTests.Support;

/// <summary>A thread that collects all the time: what has no owner any more is finalized within a
/// millisecond.</summary>
internal sealed class CollectingThread : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stops;

    public CollectingThread()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stops = true;
        _thread.Join();
    }

    private void Run()
    {
        while (!_stops)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
