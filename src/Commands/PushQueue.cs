namespace SessionGateway.Commands;

/// <summary>
/// What other threads sent to one connection and its loop has not delivered yet, in the order in which it was sent.
/// Bounded: what does not fit is dropped, and the connection is to be closed.
/// </summary>
public sealed class PushQueue
{
    private readonly Lock _lock = new();
    private List<(PushSource? Source, PushedMessage Message)> _waiting = [];
    private List<(PushSource? Source, PushedMessage Message)> _taken = [];
    private long _bytes;
    private bool _isAnnounced;

    /// <summary>Bytes of the messages that wait; from any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Messages that wait; from any thread, a moment old.</summary>
    public int Count => _waiting.Count;

    /// <summary>True after a message that did not fit; from any thread.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>Adds a message; from any thread.</summary>
    /// <param name="source">What must not have ended when the message is delivered; null: it is delivered whatever
    /// happens.</param>
    /// <param name="message">The message.</param>
    /// <param name="maxBytes">Most bytes that may wait.</param>
    /// <returns>True when the connection's loop has to be told: it does not know of any message yet.</returns>
    public bool Add(PushSource? source, PushedMessage message, long maxBytes)
    {
        lock (_lock)
        {
            if (HasOverflowed)
            {
                return false;
            }

            if (_bytes + message.Length > maxBytes)
            {
                HasOverflowed = true;
                _waiting.Clear();
            }
            else
            {
                _waiting.Add((source, message));
                Interlocked.Add(ref _bytes, message.Length);
            }

            bool tell = !_isAnnounced;
            _isAnnounced = true;
            return tell;
        }
    }

    /// <summary>
    /// Takes what waits; on the connection's loop. Valid until the next call; <see cref="Release"/> forgets it.
    /// </summary>
    public List<(PushSource? Source, PushedMessage Message)> Take()
    {
        lock (_lock)
        {
            (_waiting, _taken) = (_taken, _waiting);
            Interlocked.Exchange(ref _bytes, 0);
            _isAnnounced = false;
        }

        return _taken;
    }

    /// <summary>Forgets what was taken.</summary>
    public void Release()
    {
        // A burst is no reason to keep a list of its size.
        if (_taken.Capacity > 256)
        {
            _taken = [];
        }

        _taken.Clear();
    }
}
