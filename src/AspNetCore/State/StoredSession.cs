namespace SessionGateway.AspNetCore.State;

/// <summary>What the store holds, as far as this request knows.</summary>
/// <param name="Id">The id.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record StoredSession(string Id, byte[] Bytes);
