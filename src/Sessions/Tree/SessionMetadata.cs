namespace SessionGateway.Sessions;

/// <summary>What a format stores beside the session's variables; writing the tree in the same format stores it
/// again.</summary>
public abstract record SessionMetadata;
