namespace SessionGateway.Gateway.SessionTool;

/// <summary>A session's bytes as they are stored.</summary>
/// <param name="Name">Its key or file, for messages.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Flags">The client flags beside them; 0 where the source has none.</param>
internal sealed record StoredValue(string Name, byte[] Bytes, uint Flags);
