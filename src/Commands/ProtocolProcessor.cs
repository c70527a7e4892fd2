namespace SessionGateway.Commands;

/// <summary>Reads and executes the requests of one connection in one protocol.</summary>
public abstract class ProtocolProcessor
{
    /// <summary>
    /// Executes the complete requests at the start of <paramref name="input"/>, in order, until the bytes at hand hold no
    /// complete request or <see cref="CommandContext.TurnIsOver"/>. Called again with the unconsumed bytes (unchanged) in front
    /// and more behind them. Never throws on peer input.
    /// </summary>
    /// <returns>Bytes consumed.</returns>
    /// <remarks>
    /// A long request may stop in its middle (<see cref="CommandContext.ShouldPause"/>). Its bytes stay unconsumed then, and the
    /// next call, with the same bytes in front, goes on with it.
    /// </remarks>
    public abstract int Process(ReadOnlySpan<byte> input, CommandContext context);

    /// <summary>
    /// True while a request has stopped in its middle: a part of its reply may have been written, so nothing else may be sent
    /// to the peer before the rest.
    /// </summary>
    public virtual bool IsPaused => false;

    /// <summary>The command that was executed last, in lower case: for the log, when it failed.</summary>
    public abstract string LastCommand(ClientConnection client);

    /// <summary>The connection is gone: forget subscriptions and the like. Called on the connection's loop.</summary>
    public virtual void OnClosed(CommandContext context)
    {
    }
}
