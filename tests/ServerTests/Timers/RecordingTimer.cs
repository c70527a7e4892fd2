using SessionGateway.Gateway.Timers;

namespace SessionGateway.ServerTests.Timers;

/// <summary>Writes into a list that it fired, and then does what the test wants.</summary>
internal sealed class RecordingTimer(int number, List<int> fired, Action<RecordingTimer>? then = null) : WheelTimer
{
    public int Number { get; } = number;

    protected internal override void Fire()
    {
        fired.Add(Number);
        then?.Invoke(this);
    }
}
