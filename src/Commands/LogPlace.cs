namespace SessionGateway.Commands;

/// <summary>The log that outlives the process, as CONFIG tells it.</summary>
/// <param name="Directory">Full path.</param>
/// <param name="Fsync">Redis' word for when it is on the disk: <c>always</c>, <c>everysec</c>, <c>no</c>.</param>
public sealed record LogPlace(string Directory, string Fsync);
