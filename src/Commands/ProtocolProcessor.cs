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
    public abstract int Process(ReadOnlySpan<byte> input, CommandContext context);

    /// <summary>The connection is gone: forget subscriptions and the like. Called on the connection's loop.</summary>
    public virtual void OnClosed(CommandContext context)
    {
    }
}
