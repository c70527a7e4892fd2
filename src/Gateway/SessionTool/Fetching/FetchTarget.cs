using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>What to ask for, and whom.</summary>
/// <param name="Key">The key.</param>
/// <param name="Address">The server.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The user to log in as, with <paramref name="Password"/>.</param>
/// <param name="Password">The password; null to do without a login.</param>
internal sealed record FetchTarget(string Key, ListenAddress Address, int Database, string User, string? Password);
