namespace SessionGateway.Commands.Resp.Watching;

/// <summary>The last commands that took long, or were large; from any thread.</summary>
/// <param name="maxLength">Most entries at first.</param>
internal sealed class CommandLog(long maxLength)
{
    // An entry has at most some 6 KB, so that all of 2,048 fit whatever was sent.
    private const long MaxBytes = 16 << 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<LoggedCommand> _entries = [];
    private long _maxLength = maxLength;
    private long _nextId;
    private long _bytes;

    /// <summary>Most entries; what is more is forgotten at once.</summary>
    public long MaxLength
    {
        get => Interlocked.Read(ref _maxLength);
        set
        {
            lock (_lock)
            {
                Interlocked.Exchange(ref _maxLength, value);
                Trim();
            }
        }
    }

    /// <summary>Entries.</summary>
    public int Length
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Adds a command in front, and forgets the oldest.</summary>
    public void Add(LoggedCommand command)
    {
        lock (_lock)
        {
            LoggedCommand entry = command with { Id = _nextId++ };
            _entries.AddFirst(entry);
            _bytes += entry.Bytes;
            Trim();
        }
    }

    /// <summary>The newest entries, the newest first.</summary>
    public LoggedCommand[] Newest(long count)
    {
        lock (_lock)
        {
            return [.. _entries.Take((int)Math.Min(count, int.MaxValue))];
        }
    }

    /// <summary>Forgets all. Numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _bytes = 0;
        }
    }

    // Within the lock.
    private void Trim()
    {
        while (_entries.Count > MaxLength || _bytes > MaxBytes)
        {
            _bytes -= _entries.Last!.Value.Bytes;
            _entries.RemoveLast();
        }
    }
}
