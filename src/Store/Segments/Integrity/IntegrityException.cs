namespace SessionGateway.Store.Segments.Integrity;

/// <summary>The store's memory contradicts itself.</summary>
public sealed class IntegrityException(string message) : Exception(message);
