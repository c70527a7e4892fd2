namespace SessionGateway.Bench.Load.Measuring;

/// <summary>A memory limit that is too low, keys that are declared anonymous, and some visitors who come
/// back.</summary>
/// <param name="Server">Its name and the protocol.</param>
/// <param name="Written">Sessions written.</param>
/// <param name="Refused">Writes answered with the protocol's error.</param>
/// <param name="Established">Sessions that were read again while they were there.</param>
/// <param name="Kept">Of these, those that are there at the end.</param>
/// <param name="GivenUp">Sessions of visitors who did not come back that are not there at the end.</param>
internal sealed record ReturningSample(
    string Server, int Written, int Refused, int Established, int Kept, int GivenUp);
