namespace SessionGateway.Sessions.Java;

/// <summary>The class descriptions of a tree that was read from a Java stream.</summary>
/// <param name="Classes">The classes; a record's KeyHash is the index of its class here plus one.</param>
internal sealed record JavaStreamMetadata(IReadOnlyList<JavaClass> Classes) : SessionMetadata;
