namespace SessionGateway.Commands;

/// <summary>Work that a command or the end of a connection left behind, and that nobody waits for.</summary>
public abstract class Leftover
{
    /// <summary>Bytes that are held until it is done; does not change.</summary>
    public abstract long HeldBytes { get; }

    /// <summary>It may take as long as it likes: others have their turns meanwhile.</summary>
    internal virtual bool TakesTurns => false;

    /// <summary>Does so many steps, each of which takes well under a microsecond.</summary>
    /// <returns>True when it is done.</returns>
    internal abstract bool GoOn(CommandContext context, int steps);
}
