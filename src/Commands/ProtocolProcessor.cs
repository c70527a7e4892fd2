namespace SessionGateway.Commands;

/// <summary>Reads and executes the requests of one connection in one protocol.</summary>
public abstract class ProtocolProcessor
{
    /// <summary>
    /// True while a request has stopped in its middle: a part of its reply may have been written, so nothing else may
    /// be sent to the peer before the rest.
    /// </summary>
    public virtual bool IsPaused => false;

    /// <summary>
    /// Bytes of memory that it keeps for a request of which not all has come, or that has stopped in its middle.
    /// </summary>
    public virtual int HeldBytes => 0;

    /// <summary>Bytes of a refused request that are still to come and are stepped over.</summary>
    protected long Swallow { get; set; }

    /// <summary>
    /// Executes the complete requests at the start of <paramref name="input"/>, in order, until the bytes at hand hold
    /// no complete request or <see cref="CommandContext.TurnIsOver"/>. Called again with the unconsumed bytes
    /// (unchanged) in front and more behind them. Never throws on peer input.
    /// </summary>
    /// <returns>Bytes consumed.</returns>
    /// <remarks>
    /// A long request may stop in its middle (<see cref="CommandContext.ShouldPause"/>). Its bytes stay unconsumed
    /// then, and the next call, with the same bytes in front, goes on with it.
    /// </remarks>
    public int Process(ReadOnlySpan<byte> input, CommandContext context)
    {
        int consumed = 0;
        while (consumed < input.Length)
        {
            ReadOnlySpan<byte> rest = input[consumed..];
            if (Swallow > 0)
            {
                int skipped = (int)Math.Min(Swallow, rest.Length);
                Swallow -= skipped;
                consumed += skipped;
                continue;
            }

            int size = Next(rest, context);
            consumed += size;
            if (size == 0 || context.TurnIsOver())
            {
                // A parked request stays in front, to be run again.
                return context.Client.IsParked ? consumed - size : consumed;
            }
        }

        return consumed;
    }

    /// <summary>The command that was executed last, in lower case: for the log, when it failed.</summary>
    public abstract string LastCommand(ClientConnection client);

    /// <summary>True while it keeps what no other server could go on with: a queue, watched keys,
    /// subscriptions.</summary>
    public virtual bool IsBound => false;

    /// <summary>Of a request that is parked: true when it waits for items, which may come elsewhere now, and not for
    /// its turn.</summary>
    public virtual bool IsBlocked => false;

    /// <summary>
    /// What a connection to another server has to say first, so that the conversation can go on there: requests with
    /// one reply each. All but the last <paramref name="once"/> hold for later connections, too.
    /// </summary>
    public virtual IReadOnlyList<byte[]> Greeting(CommandContext context, out int once)
    {
        once = 0;
        return [];
    }

    /// <summary>The connection is gone: forget subscriptions and the like. Called on the connection's loop.</summary>
    public virtual void OnClosed(CommandContext context)
    {
    }

    /// <summary>Reads the request at the start of the input and executes it, or goes on with one that had
    /// stopped.</summary>
    /// <returns>
    /// Bytes that are done with; 0 when the request is not complete (<see cref="CommandContext.NeedBytes"/> is set),
    /// has stopped in its middle, or ends the connection.
    /// </returns>
    /// <remarks>
    /// Not inlined: the loop and everything below it in one frame cost 10 to 35 ns a request, because all of the frame
    /// is cleared.
    /// </remarks>
    protected abstract int Next(ReadOnlySpan<byte> input, CommandContext context);
}
