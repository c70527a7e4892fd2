namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>One line of a transcript.</summary>
/// <param name="At">Time since the start of the recording.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Node">Node of the memcachedNodes setting, "r" for Redis.</param>
/// <param name="Connection">Connection of that node; empty for <see cref="RecordKind.Kill"/> and Start.</param>
/// <param name="Bytes">What was on the wire; may be shorter than <paramref name="Length"/> for long chunks.</param>
/// <param name="Length">Number of bytes on the wire.</param>
internal sealed record TranscriptRecord(
    TimeSpan At, RecordKind Kind, string Node, string Connection, byte[] Bytes, int Length);
