namespace SessionGateway.StoreTests.Collections;

/// <summary>An entry of a collection as a test keeps it; names and values as Latin-1.</summary>
public sealed record Seen(string Name, string Value, double Score, long ExpiresAt);
