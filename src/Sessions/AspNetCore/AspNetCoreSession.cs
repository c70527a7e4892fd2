namespace SessionGateway.Sessions;

/// <summary>What ASP.NET Core's DistributedSession stores beside the entries.</summary>
/// <param name="Id">The 16 bytes behind <c>ISession.Id</c>, in stored order; not the storage key.</param>
public sealed record AspNetCoreSession(ReadOnlyMemory<byte> Id) : SessionMetadata
{
    /// <summary>Number of bytes of an id.</summary>
    public const int IdLength = 16;
}
