namespace SessionGateway.Commands;

/// <summary>
/// A request was let through while no script ran, and finds behind its first lock that one keeps keys. It has done
/// nothing yet, and is run again with a look at its keys. Thrown by <see cref="CommandContext.Enter"/> and nobody else.
/// </summary>
public sealed class KeptKeysException : Exception
{
    /// <summary>The only one: it says nothing of the request.</summary>
    public static KeptKeysException Instance { get; } = new();

    private KeptKeysException()
        : base("A script keeps keys.")
    {
    }
}
