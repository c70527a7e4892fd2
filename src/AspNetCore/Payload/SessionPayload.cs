using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.Payload;

/// <summary>A session as it was read.</summary>
/// <param name="Tree">Its values.</param>
/// <param name="Format">The format they were in, and are written in again.</param>
internal sealed record SessionPayload(SessionTree Tree, ISessionFormat Format)
{
    /// <summary>Whether everything in it can be written again: PHP's MessagePack knows references and objects that we
    /// only read.</summary>
    public bool IsWritable => Format != SessionFormats.MessagePack;
}
