namespace SessionGateway.Commands;

/// <summary>
/// The keys of scripts that need more than one step: nobody else touches them until the script has ended, so that it
/// is one moment for all who look (ADR 0014). Keys are told by their hashes: two of the same hash wait for each other
/// in vain, no more. Any thread.
/// </summary>
public sealed class KeyClaims
{
    private const long OneKept = 1L << 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, KeyClaim> _keys = [];
    private readonly List<KeyClaim> _claims = [];

    // First steps that run now below, scripts that keep keys above: one look for who has nothing to do with either.
    private long _active;

    /// <summary>How long others wait for a script before they are told that it is busy; 0 or less: as long as it
    /// takes (Redis' busy-reply-threshold).</summary>
    public long BusyMilliseconds { get; set; } = 5000;

    /// <summary>True while a script runs: then requests have to look.</summary>
    public bool AreAny => Volatile.Read(ref _active) != 0;

    /// <summary>True while scripts keep keys.</summary>
    public bool AreKept => Volatile.Read(ref _active) >= OneKept;

    /// <summary>A first step begins; before it takes its shards.</summary>
    public void BeginStep() => Interlocked.Increment(ref _active);

    /// <summary>A first step has ended, and <see cref="Keep"/> is done if it needs another.</summary>
    public void EndStep() => Interlocked.Decrement(ref _active);

    /// <summary>A script keeps its keys from its first step on; called while their shards are held.</summary>
    public void Keep(KeyClaim claim, IEnumerable<ulong> keys)
    {
        lock (_lock)
        {
            foreach (ulong key in keys)
            {
                if (_keys.TryAdd(key, claim))
                {
                    claim.Keys.Add(key);
                }
            }

            _claims.Add(claim);
        }

        Interlocked.Add(ref _active, OneKept);
    }

    /// <summary>A script that keeps keys touches another one.</summary>
    /// <param name="claim">Its claim; null in its first step.</param>
    /// <param name="key">Hash of the key.</param>
    /// <returns>False when it has to wait for another script that keeps the key. Two that would wait for each other do
    /// not.</returns>
    public bool TryTouch(KeyClaim? claim, ulong key)
    {
        lock (_lock)
        {
            if (_keys.TryGetValue(key, out KeyClaim? owner) && owner != claim)
            {
                for (KeyClaim? next = owner; next is not null; next = next.WaitsFor)
                {
                    if (next == claim)
                    {
                        claim.WaitsFor = null;
                        return true;
                    }
                }

                if (claim is not null)
                {
                    claim.WaitsFor = owner;
                }

                return false;
            }

            if (claim is not null)
            {
                claim.WaitsFor = null;
                if (owner is null)
                {
                    _keys.Add(key, claim);
                    claim.Keys.Add(key);
                }
            }

            return true;
        }
    }

    /// <summary>A script has ended: who waits for it is run again.</summary>
    public void Release(KeyClaim claim)
    {
        lock (_lock)
        {
            foreach (ulong key in claim.Keys)
            {
                _keys.Remove(key);
            }

            _claims.Remove(claim);
            foreach ((ClientConnection client, int token) in claim.Waiters)
            {
                client.Wake(token);
            }
        }

        Interlocked.Add(ref _active, -OneKept);
    }

    /// <summary>A request is about to touch keys. When it has to wait it is parked.</summary>
    /// <param name="keys">Hashes of its keys.</param>
    /// <param name="isReading">It changes nothing.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="now">Unix milliseconds.</param>
    public ClaimState Look(ReadOnlySpan<ulong> keys, bool isReading, ClientConnection client, long now)
    {
        lock (_lock)
        {
            return Owner(keys, isReading) is { } owner ? Wait(owner, client, now) : ClaimState.Free;
        }
    }

    /// <summary>As the other, for a request that may touch any item.</summary>
    public ClaimState LookAtAll(bool isReading, ClientConnection client, long now)
    {
        lock (_lock)
        {
            foreach (KeyClaim claim in _claims)
            {
                if (claim.HasWritten || (!isReading && claim.Keys.Count > 0))
                {
                    return Wait(claim, client, now);
                }
            }

            return ClaimState.Free;
        }
    }

    /// <summary>True when a script keeps one of the keys.</summary>
    public bool IsKept(ReadOnlySpan<ulong> keys)
    {
        lock (_lock)
        {
            return Owner(keys, isReading: false) is not null;
        }
    }

    /// <summary>Parks a request that waits for one of the keys if a script keeps one.</summary>
    /// <param name="keys">Hashes of its keys.</param>
    /// <param name="client">Whose it is.</param>
    /// <param name="deadline">The request's own.</param>
    /// <returns>False when nobody keeps one.</returns>
    public bool TryWait(ReadOnlySpan<ulong> keys, ClientConnection client, long deadline) =>
        TryWait(keys, isReading: false, client, deadline);

    /// <summary>As the other, for a request that may only read.</summary>
    public bool TryWait(ReadOnlySpan<ulong> keys, bool isReading, ClientConnection client, long deadline)
    {
        lock (_lock)
        {
            KeyClaim? owner = Owner(keys, isReading);
            owner?.Waiters.Add((client, client.Park(deadline)));
            return owner is not null;
        }
    }

    private KeyClaim? Owner(ReadOnlySpan<ulong> keys, bool isReading)
    {
        foreach (ulong key in keys)
        {
            if (_keys.TryGetValue(key, out KeyClaim? owner) && !(isReading && !owner.HasWritten))
            {
                return owner;
            }
        }

        return null;
    }

    private ClaimState Wait(KeyClaim claim, ClientConnection client, long now)
    {
        long deadline = ClientConnection.NoDeadline;
        if (BusyMilliseconds > 0)
        {
            long left = claim.Since + BusyMilliseconds - now;
            if (left <= 0)
            {
                return ClaimState.Busy;
            }

            deadline = client.DeadlineAfter(left);
        }

        claim.Waiters.Add((client, client.Park(deadline)));
        return ClaimState.Waits;
    }
}
