namespace SessionGateway.TestSupport;

/// <summary>What work allocates on the thread that does it.</summary>
internal static class Allocations
{
    /// <summary>Times that the work is done at most.</summary>
    public const int MostRounds = 8;

    /// <summary>
    /// The least of several rounds, in bytes. The runtime has tables of its own (of casts, of generic dictionaries),
    /// and grows them on whichever thread meets a new type while other tests run; what the work itself allocates is in
    /// every round.
    /// </summary>
    /// <param name="work">What is measured; it has been done before.</param>
    public static long Least(Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < MostRounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
