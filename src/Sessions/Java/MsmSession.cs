namespace SessionGateway.Sessions;

/// <summary>The header that memcached-session-manager writes before the attributes, and that Tomcat restores a session
/// from.</summary>
public sealed record MsmSession : SessionMetadata
{
    /// <summary>Version of the header: 2, or 1 from old writers, which ends after <see cref="Principal"/>.</summary>
    public int Version { get; init; } = 2;

    /// <summary>When the session was created, in milliseconds since 1970.</summary>
    public long CreationTime { get; init; }

    /// <summary>When the session was last accessed before the current request, in milliseconds since 1970.</summary>
    public long LastAccessedTime { get; init; }

    /// <summary>Seconds without a request after which the session ends; negative is never.</summary>
    public int MaxInactiveInterval { get; init; } = 1800;

    /// <summary>Whether no client has sent the session's cookie yet.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether the session was not invalidated.</summary>
    public bool IsValid { get; init; } = true;

    /// <summary>When the current or last request accessed the session, in milliseconds since 1970.</summary>
    public long ThisAccessedTime { get; init; }

    /// <summary>When the session was last stored, in milliseconds since 1970.</summary>
    public long LastBackupTime { get; init; }

    /// <summary>The session id with node id and route, as in the cookie; Tomcat's loaded session gets it.</summary>
    public string Id { get; init; } = "";

    /// <summary>How the user authenticated: 0 not, 1 BASIC, 2 CLIENT_CERT, 3 DIGEST, 4 FORM.</summary>
    public int AuthType { get; init; }

    /// <summary>Java stream of the principal. It may hold a clear password: never show or log it.</summary>
    public ReadOnlyMemory<byte> Principal { get; init; }

    /// <summary>Java stream of the request saved by FORM login.</summary>
    public ReadOnlyMemory<byte> SavedRequest { get; init; }

    /// <summary>Java stream of the principal saved by FORM login. It may hold a clear password: never show or log
    /// it.</summary>
    public ReadOnlyMemory<byte> SavedPrincipal { get; init; }

    internal IReadOnlyList<Java.JavaClass> Classes { get; init; } = [];
}
