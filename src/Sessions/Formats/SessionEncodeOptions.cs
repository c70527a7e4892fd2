namespace SessionGateway.Sessions;

/// <summary>How to write a session.</summary>
public sealed record SessionEncodeOptions
{
    /// <summary>The defaults: usual limits, and an error where something cannot be written.</summary>
    public static SessionEncodeOptions Default { get; } = new();

    /// <summary>Limits: depth, number of values written and <see cref="SessionLimits.MaxExpandedBytes"/> count here.</summary>
    public SessionLimits Limits { get; init; } = SessionLimits.Default;

    /// <summary>
    /// Where set, a variable that the format cannot hold (a PHP object towards ASP.NET Core, a name with <c>|</c> towards PHP)
    /// is left out and its name added here. Where null, it is an error.
    /// </summary>
    public ICollection<string>? Omitted { get; init; }
}
