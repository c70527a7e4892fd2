using System.Numerics;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>
/// Classes of times in nanoseconds: sixteen between each power of two and the next, so that a time is told to about six
/// percent. Redis keeps 128, at 24 KB a command.
/// </summary>
internal static class LatencyBuckets
{
    private const int SubBits = 4;
    private const int Subs = 1 << SubBits;

    // 2^37 ns are two minutes; nothing takes longer in its own turns.
    private const int MaxPower = 36;

    // Where Redis' histogram begins, and its precision: a part in 128.
    private const int FirstPower = 10;
    private const int RedisBits = 7;

    /// <summary>Classes.</summary>
    public const int Count = (MaxPower - SubBits + 2) * Subs;

    /// <summary>Lines of LATENCY HISTOGRAM: powers of two from a microsecond on.</summary>
    public const int Levels = MaxPower - FirstPower + 1;

    /// <summary>The class of a time.</summary>
    public static int IndexOf(long nanoseconds)
    {
        ulong time = (ulong)Math.Max(nanoseconds, 0);
        if (time < Subs)
        {
            return (int)time;
        }

        int power = BitOperations.Log2(time);
        if (power > MaxPower)
        {
            return Count - 1;
        }

        return ((power - SubBits + 1) << SubBits) | (int)((time >> (power - SubBits)) & (Subs - 1));
    }

    /// <summary>The longest time of a class.</summary>
    public static long LongestOf(int index)
    {
        if (index < Subs)
        {
            return index;
        }

        int power = (index >> SubBits) + SubBits - 1;
        return ((long)(Subs + (index & (Subs - 1)) + 1) << (power - SubBits)) - 1;
    }

    /// <summary>The time that so many percent of the calls do not exceed, in nanoseconds.</summary>
    public static long Percentile(long[] counts, double percent)
    {
        long all = counts.Sum();
        long wanted = Math.Max(1, (long)(percent / 100 * all + 0.5));
        for (int i = 0; i < counts.Length; i++)
        {
            wanted -= counts[i];
            if (wanted <= 0)
            {
                return LongestOf(i);
            }
        }

        return 0;
    }

    /// <summary>Calls within a level, and its name in microseconds as Redis prints it (1, 2, 4, 8, 16, 33 …).</summary>
    public static (long Microseconds, long Calls) Level(long[] counts, int level)
    {
        int power = FirstPower + level;
        long calls = 0;
        for (int i = 0; i < IndexOf(1L << power); i++)
        {
            calls += counts[i];
        }

        return (((1L << power) + (1L << (power - RedisBits)) - 1) / 1000, calls);
    }
}
