using System.Collections.Concurrent;
using SessionGateway.Gateway.Transport;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// What other threads ask of a loop. Of all that post while it waits one wakes it up, and none is overlooked: the claim
/// to do so is given up before the messages are taken.
/// </summary>
internal sealed class LoopMailbox(Poller poller)
{
    private readonly ConcurrentQueue<LoopMessage> _messages = new();
    private int _wakePending;

    /// <summary>Messages that wait; from any thread, a moment old.</summary>
    public int Count => _messages.Count;

    /// <summary>True when none waits.</summary>
    public bool IsEmpty => _messages.IsEmpty;

    /// <summary>Posts a message; from any thread.</summary>
    /// <param name="message">What is asked.</param>
    /// <param name="isOwn">
    /// The loop itself posts it. It looks here before it waits, and must not claim the wake-up: a message that is
    /// posted and taken in the same turn would leave the claim behind, and nobody else would wake the loop again.
    /// </param>
    public void Post(in LoopMessage message, bool isOwn)
    {
        _messages.Enqueue(message);
        if (!isOwn && Interlocked.Exchange(ref _wakePending, 1) == 0)
        {
            poller.Wake();
        }
    }

    /// <summary>The loop is about to take what has been posted.</summary>
    public void BeginTaking()
    {
        if (Volatile.Read(ref _wakePending) != 0)
        {
            // A full fence: what was posted before the claim was given up is seen behind it.
            Interlocked.Exchange(ref _wakePending, 0);
        }
    }

    /// <summary>Takes the next message.</summary>
    public bool TryTake(out LoopMessage message) => _messages.TryDequeue(out message);
}
