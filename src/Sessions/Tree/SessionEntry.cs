namespace SessionGateway.Sessions;

/// <summary>A key and its value in a <see cref="SessionMap"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public readonly record struct SessionEntry(SessionKey Key, SessionValue Value);
