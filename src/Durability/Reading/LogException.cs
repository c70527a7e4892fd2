namespace SessionGateway.Durability.Reading;

/// <summary>The log cannot be read; the message is one line for the operator.</summary>
public sealed class LogException(string message) : Exception(message)
{
    /// <summary>The file; null when it is about all.</summary>
    public string? File { get; init; }

    /// <summary>Where in the file something is wrong.</summary>
    public long Offset { get; init; }

    /// <summary>True when a repair, which gives up what follows, lets the gateway start.</summary>
    public bool CanBeRepaired { get; init; }
}
