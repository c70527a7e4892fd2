namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>The scripts of the process that run longer than a step, and what all engines hold.</summary>
internal sealed class ScriptRuns
{
    // Each has a Lua state of its own, 170 KB at least.
    private const int MaxRuns = 64;

    private readonly Lock _lock = new();
    private readonly List<ScriptRun> _runs = [];
    private long _bytes;
    private long _lastMoment = long.MaxValue;

    /// <summary>Bytes that all engines have taken from the system.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The gateway stops.</summary>
    public bool AreEnding => Volatile.Read(ref _lastMoment) != long.MaxValue;

    /// <summary>The gateway stops: scripts that have not written end now, others have until a moment.</summary>
    /// <param name="lastMoment">Unix milliseconds.</param>
    public void EndAll(long lastMoment) => Volatile.Write(ref _lastMoment, lastMoment);

    /// <summary>True when a script must not have another step because the gateway stops.</summary>
    public bool MustEnd(bool hasWritten, long now) => AreEnding && (!hasWritten || now >= Volatile.Read(
        ref _lastMoment));

    /// <summary>An engine took more, or gave back.</summary>
    public void Count(long growth) => Interlocked.Add(ref _bytes, growth);

    /// <summary>A script did not end with its first step.</summary>
    /// <param name="run">The script.</param>
    /// <param name="hasWritten">It has: half of what it does must not stay. All together are bounded by their
    /// memory.</param>
    /// <returns>False when too many run already.</returns>
    public bool TryAdd(ScriptRun run, bool hasWritten)
    {
        lock (_lock)
        {
            if (_runs.Count >= MaxRuns && !hasWritten)
            {
                return false;
            }

            _runs.Add(run);
            return true;
        }
    }

    /// <summary>It has ended.</summary>
    public void Remove(ScriptRun run)
    {
        lock (_lock)
        {
            _runs.Remove(run);
        }
    }

    /// <summary>SCRIPT KILL: ends those that have not written.</summary>
    /// <param name="refused">Number of those that have.</param>
    /// <returns>Number of those that end.</returns>
    public int Kill(out int refused)
    {
        int killed = 0;
        refused = 0;
        lock (_lock)
        {
            foreach (ScriptRun run in _runs)
            {
                if (run.TryKill())
                {
                    killed++;
                }
                else
                {
                    refused++;
                }
            }
        }

        return killed;
    }
}
