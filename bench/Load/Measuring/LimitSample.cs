namespace SessionGateway.Bench.Load.Measuring;

/// <summary>More live sessions written than the memory limit holds.</summary>
/// <param name="Server">Its name and the protocol.</param>
/// <param name="Written">Writes sent.</param>
/// <param name="Stored">Writes that were acknowledged.</param>
/// <param name="Refused">Writes answered with the protocol's error.</param>
/// <param name="Kept">Acknowledged sessions that read back right.</param>
/// <param name="OverIdleBytes">Resident bytes over idle at the end.</param>
internal sealed record LimitSample(
    string Server, int Written, int Stored, int Refused, int Kept, long OverIdleBytes)
{
    /// <summary>Acknowledged and not there.</summary>
    public int Lost => Stored - Kept;
}
