namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>How a transcript is played.</summary>
/// <param name="PieceBytes">Client chunks are sent in pieces of this size; null sends them as recorded.</param>
/// <param name="Pace">Pauses of the recording times this; 0 plays without pauses.</param>
internal sealed record ReplayOptions(int? PieceBytes = null, double Pace = 0);
