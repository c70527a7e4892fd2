using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>How a transcript is played.</summary>
/// <param name="PieceBytes">Client chunks are sent in pieces of this size; null sends them as recorded.</param>
/// <param name="Schedule">Keeps the pauses of the recording; null plays without pauses.</param>
internal sealed record ReplayOptions(int? PieceBytes = null, Schedule? Schedule = null);
