namespace SessionGateway.Commands;

/// <summary>All open connections.</summary>
public interface IConnectionRegistry
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>A copy of the list, in order of their numbers.</summary>
    IReadOnlyList<ClientConnection> Snapshot();
}
