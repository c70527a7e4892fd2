using System.Diagnostics;

namespace SessionGateway.CompatTests.Harness;

/// <summary>
/// What has to happen at certain times, because a server's clock runs beside it. A failure proves nothing when the
/// machine did not let the test keep them; then everything is played again.
/// </summary>
public sealed class Schedule
{
    private const int Attempts = 12;

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private TimeSpan _late;

    private Schedule()
    {
    }

    // All delays together, with the one that is just running.
    private TimeSpan Late => _late + _sinceLast.Elapsed;

    /// <summary>Plays until it passes, or fails although it was not late.</summary>
    /// <param name="slack">More delay than this, in all, makes a failure void.</param>
    /// <param name="play">What is played; it must not depend on what an earlier attempt left behind.</param>
    public static async Task KeepAsync(TimeSpan slack, Func<Schedule, Task> play)
    {
        for (int attempt = 1; ; attempt++)
        {
            var schedule = new Schedule();
            try
            {
                await play(schedule);
                return;
            }
            catch (Exception) when (schedule.Late > slack && attempt < Attempts)
            {
                // The machine was busy with something else.
            }
        }
    }

    /// <summary>As <see cref="KeepAsync"/> for what blocks.</summary>
    public static void Keep(TimeSpan slack, Action<Schedule> play) => KeepAsync(slack, schedule =>
    {
        play(schedule);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>
    /// Waits until so much has passed since the end of the last wait, so that a slow moment shortens no pause.
    /// </summary>
    public async Task PauseAsync(TimeSpan pause)
    {
        if (pause > _sinceLast.Elapsed)
        {
            await Task.Delay(pause - _sinceLast.Elapsed);
        }

        _late += Positive(_sinceLast.Elapsed - pause);
        _sinceLast.Restart();
    }

    /// <summary>As <see cref="PauseAsync"/>.</summary>
    public void Pause(TimeSpan pause) => PauseAsync(pause).GetAwaiter().GetResult();

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
