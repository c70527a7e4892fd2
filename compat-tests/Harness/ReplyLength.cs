using SessionGateway.Protocols;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Tells where the reply at the start of received bytes ends.</summary>
public delegate ReplyStatus ReplyLength(ReadOnlySpan<byte> received, out int length);
