namespace SessionGateway.AspNetCore.Storage;

/// <summary>The store was away a moment ago, and was not asked again.</summary>
internal sealed class StoreAwayException() : Exception(
    "The session store is away and is not asked until it answers again.");
