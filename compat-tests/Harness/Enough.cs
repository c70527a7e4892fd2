namespace SessionGateway.CompatTests.Harness;

/// <summary>Says whether an answer is complete, looking at all bytes of it received so far.</summary>
public delegate bool Enough(ReadOnlySpan<byte> received);
