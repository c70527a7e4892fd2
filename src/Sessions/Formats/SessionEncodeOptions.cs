namespace SessionGateway.Sessions;

/// <summary>How to write a session.</summary>
public sealed record SessionEncodeOptions
{
    /// <summary>The defaults: usual limits, and an error where something cannot be written or read again.</summary>
    public static SessionEncodeOptions Default { get; } = new();

    /// <summary>Limits: what is written can be read with the same ones, unless <see cref="IsReadBack"/> says
    /// otherwise.</summary>
    public SessionLimits Limits { get; init; } = SessionLimits.Default;

    /// <summary>
    /// Whether the output is a session that is read again. Default true: what <see cref="Limits"/> would refuse to read
    /// is not written. False for output that is only looked at: depth, number of values and
    /// <see cref="SessionLimits.MaxExpandedBytes"/> count then.
    /// </summary>
    public bool IsReadBack { get; init; } = true;

    /// <summary>
    /// Where set, a variable that the format cannot hold (a PHP object towards ASP.NET Core, a name with <c>|</c>
    /// towards PHP) is left out and its name added here. Where null, it is an error.
    /// </summary>
    public ICollection<string>? Omitted { get; init; }
}
