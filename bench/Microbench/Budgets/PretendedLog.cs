using SessionGateway.Gateway.Holding;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Bench.Microbench.Budgets;

/// <summary>Holds every write's reply until a thread of its own has seen the position, as a log would.</summary>
internal sealed class PretendedLog : IMutationListener, IDisposable
{
    private readonly AutoResetEvent _written = new(false);
    private readonly Thread _thread;
    private ReplyGate? _gate;
    private long _position;
    private volatile bool _isOver;

    public PretendedLog()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Decides which replies wait.</summary>
    public IMutationListener Hold(ReplyGate gate)
    {
        _gate = gate;
        return this;
    }

    public void OnMutation(in Mutation mutation)
    {
        _gate!.Hold(mutation.Position);
        Volatile.Write(ref _position, mutation.Position);
        _written.Set();
    }

    public void Dispose()
    {
        _isOver = true;
        _written.Set();
        _thread.Join();
        _written.Dispose();
    }

    private void Run()
    {
        while (!_isOver)
        {
            _written.WaitOne();
            _gate?.Reach(Volatile.Read(ref _position));
        }
    }
}
