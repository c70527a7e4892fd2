namespace SessionGateway.Commands.Resp.Server;

/// <summary>Who may send DEBUG (Redis enable-debug-command).</summary>
public enum DebugAccess
{
    /// <summary>Nobody.</summary>
    No,

    /// <summary>Connections of this machine.</summary>
    Local,

    /// <summary>Everybody.</summary>
    Yes,
}
