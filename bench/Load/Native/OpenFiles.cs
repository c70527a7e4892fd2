namespace SessionGateway.Bench.Load.Native;

/// <summary>The limit of open files of this process and of the servers it starts, which inherit it.</summary>
internal static unsafe class OpenFiles
{
    /// <summary>Raises the limit to <paramref name="needed"/>, beyond the hard limit only where permitted.</summary>
    public static void Ensure(int needed)
    {
        ulong* limit = stackalloc ulong[2];
        if (Libc.GetLimit(Libc.FileLimit, limit) != 0)
            throw Libc.Failure("getrlimit");
        if (limit[0] >= (ulong)needed)
            return;

        limit[0] = (ulong)needed;
        limit[1] = Math.Max(limit[1], (ulong)needed);
        if (Libc.SetLimit(Libc.FileLimit, limit) != 0)
            throw Libc.Failure($"{needed} open files are needed: raise `ulimit -n`; setrlimit");
    }
}
