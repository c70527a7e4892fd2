
namespace SessionGateway.Gateway.Options;

/// <summary>What cannot be seen from one option alone.</summary>
internal static class GatewayOptionsValidator
{
    // What is accepted here must be storable. A value is there three times: its connection has received it into a block
    // that is up to twice as long (it doubles), and the item; a quarter is what reserves and index leave of small
    // stores besides.
    private const int ValuesInMemory = 4;

    // Headers of a reply around its value.
    private const int ReplyHeaderBytes = 64 << 10;

    /// <summary>Checks the options against each other and the machine.</summary>
    /// <exception cref="StartupException">They cannot work.</exception>
    public static void Check(GatewayOptions options) =>
        Check(options, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Checks the options against each other and a machine with this much memory.</summary>
    /// <exception cref="StartupException">They cannot work.</exception>
    public static void Check(GatewayOptions options, long machineBytes)
    {
        if (Problem(options, machineBytes) is { } problem)
        {
            throw new StartupException(problem);
        }
    }

    private static string? Problem(GatewayOptions o, long machineBytes)
    {
        if (o.MemoryBytes > machineBytes)
        {
            return $"--memory {ByteSize.Format(o.MemoryBytes)} is more than this machine has ({machineBytes >> 20}m)";
        }

        if (o.MaxValueBytes > o.MemoryBytes / ValuesInMemory)
        {
            return $"--max-value {ByteSize.Format(o.MaxValueBytes)} is more than a quarter of "
                + $"--memory {ByteSize.Format(o.MemoryBytes)}";
        }

        if (o.Threads > o.MostThreads)
        {
            return $"--threads {o.Threads}: the buffers of so many event loops are more than a quarter of "
                + $"--memory {ByteSize.Format(o.MemoryBytes)}; at most {o.MostThreads}, or more memory";
        }

        if (o.PressureHigh >= o.PressureCritical)
        {
            return $"--pressure-high {o.PressureHigh} must be less than --pressure-critical {o.PressureCritical}";
        }

        if (o.ScriptMemoryBytes > o.ScriptsMemoryBytes)
        {
            return $"--script-memory {ByteSize.Format(o.ScriptMemoryBytes)} is more than "
                + $"--scripts-memory {ByteSize.Format(o.ScriptsMemoryBytes)}";
        }

        if (o.Anonymous.FirstOrDefault(o.Evictable.Contains) is { } both)
        {
            return $"--anonymous {both} and --evictable {both} contradict each other";
        }

        long one = ClientLimits.One(o);
        if (one < o.MaxValueBytes + ReplyHeaderBytes)
        {
            return $"--client-memory {ByteSize.Format(one)} must be more than the longest value "
                + $"({ByteSize.Format(o.MaxValueBytes)}): it could not be stored";
        }

        if (one > ClientLimits.All(o))
        {
            return $"--client-memory {ByteSize.Format(one)} is more than "
                + $"--clients-memory {ByteSize.Format(ClientLimits.All(o))}";
        }

        if (o.OutputLimit.Normal.HardBytes is > 0 and var hard && hard < o.MaxValueBytes + ReplyHeaderBytes)
        {
            return $"--output-limit normal={ByteSize.Format(hard)} must be more than the longest value "
                + $"({ByteSize.Format(o.MaxValueBytes)}): its answer could not be sent";
        }

        if (o.OutputSoftBytes > o.OutputLimit.Normal.Within(one).HardBytes)
        {
            return $"--output-soft {ByteSize.Format(o.OutputSoftBytes)} is more than "
                + $"--output-limit normal={ByteSize.Format(o.OutputLimit.Normal.Within(one).HardBytes)}";
        }

        if (o.Persist == PersistKind.Log && o.DataDir.Length == 0)
        {
            return "--persist log needs a directory: --data-dir PATH";
        }

        if (o.Persist != PersistKind.Log && o.DataDir.Length > 0 && !o.Pair)
        {
            return $"--data-dir {o.DataDir} keeps nothing without --persist log";
        }

        if (o.Transport == TransportKind.Epoll && !OperatingSystem.IsLinux())
        {
            return "--transport epoll needs Linux; use --transport socket";
        }

        return Twice(o) ?? Exposed(o) ?? Forwarding(o) ?? Acknowledging(o) ?? PairOptions.Problem(o);
    }

    private static string? Acknowledging(GatewayOptions o)
    {
        bool hasLog = o.Persist == PersistKind.Log || o.Pair;
        return o.Ack == AckKind.BackupAndDisk && !hasLog ? "--ack backup+disk needs --persist log"
            : o.Ack == AckKind.Backup && o.AckAlone == AckAloneKind.Disk && !hasLog
            ? "--ack backup acknowledges on the disk while no backup is there: give --persist log, or another "
                + "--ack-alone"
            : null;
    }

    private static string? Forwarding(GatewayOptions o)
    {
        if (!o.IsAgent)
        {
            return o.To.Count > 0 ? "--to is an option of 'gateway agent'"
                : o.Sentinel.Count > 0 ? "--sentinel is an option of 'gateway agent'"
                : null;
        }

        return (o.To.Count > 0) == (o.Sentinel.Count > 0)
            ? "an agent needs to know where the primary is: --sentinel HOST:PORT or --to HOST:PORT, one of them"
            : o.Persist != PersistKind.None ? "an agent keeps nothing: --persist is not for it"
            : o.Pair ? "an agent keeps nothing: --pair is not for it"
            : o.Replicaof is not null ? "an agent keeps nothing: --replicaof is not for it"
            : o.Auth.Count > 0 ? "clients of an agent log in at the primary: --auth is not for it"
            : null;
    }

    private static string? Twice(GatewayOptions o)
    {
        ListenAddress? twice = o.Listen
            .Where(address => address.EndPoint is not { Port: 0 })
            .GroupBy(address => address.Place)
            .FirstOrDefault(group => group.Count() > 1)?.First();
        return twice is null ? null : $"--listen {twice.Place} is given twice";
    }

    private static string? Exposed(GatewayOptions o)
    {
        if (o.Auth.Count > 0 || o.Insecure || o.Listen.FirstOrDefault(address => !address.IsLocal) is not { } open)
        {
            return null;
        }

        return $"--listen {open.Place} can be reached by other machines and nobody has to log in: "
            + "give --auth [USER:]PASSWORD, listen on 127.0.0.1, or say --insecure";
    }
}
