using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool.Opening;

/// <summary>A decoded session.</summary>
/// <param name="Tree">The session.</param>
/// <param name="Description">Its format, and what was around it.</param>
internal sealed record OpenedSession(SessionTree Tree, string Description);
