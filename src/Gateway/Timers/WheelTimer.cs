namespace SessionGateway.Gateway.Timers;

/// <summary>
/// A deadline in a <see cref="TimerWheel"/>. It is made once by whoever has deadlines and set as often as there is one:
/// the wheel keeps its timers by links in themselves, so that none of its steps allocates.
/// </summary>
internal abstract class WheelTimer
{
    /// <summary>True from being set until it fires or is taken out.</summary>
    public bool IsSet => Place >= 0;

    /// <summary>Milliseconds of the wheel's clock at which it fires; meaningful while it is set.</summary>
    public long DueAt { get; internal set; }

    /// <summary>Its slot; -1 outside of the wheel.</summary>
    internal int Place { get; set; } = -1;

    /// <summary>The next one of the slot; the last one has the first.</summary>
    internal WheelTimer? Next { get; set; }

    /// <summary>The one before in the slot; the first one has the last.</summary>
    internal WheelTimer? Previous { get; set; }

    /// <summary>
    /// The time has come. Called by <see cref="TimerWheel.Advance"/>, with the timer out of the wheel already; may set
    /// and take out any timer. Must not throw.
    /// </summary>
    protected internal abstract void Fire();
}
