namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What connections made a server hold that did all that takes memory, at once.</summary>
/// <param name="Before">Resident bytes before them.</param>
/// <param name="Peak">Largest resident bytes.</param>
/// <param name="Refused">Writes of somebody else that were not stored meanwhile.</param>
/// <param name="SecondsBack">From the end of them until no more than <see cref="HeldTrial.SlackBytes"/> above
/// <paramref name="Before"/> was resident; infinite when that took longer than a minute.</param>
internal sealed record HeldSample(long Before, long Peak, int Refused, double SecondsBack);
