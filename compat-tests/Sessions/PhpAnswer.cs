namespace SessionGateway.CompatTests.Sessions;

/// <summary>What PHP made of a payload.</summary>
/// <param name="Accepted">What session_decode() returned.</param>
/// <param name="Value">serialize() of the session; empty where it was refused.</param>
/// <param name="Encoded">session_encode() of it; null where PHP could not.</param>
public sealed record PhpAnswer(bool Accepted, byte[] Value, byte[]? Encoded);
