namespace SessionGateway.Store;

/// <summary>What is kept beside an item for the policies that choose what goes.</summary>
/// <param name="LastAccess">Unix milliseconds; engines may round it down by less than 100.</param>
/// <param name="WasRead">It was read since it was written.</param>
/// <param name="IsAnonymous">It is a session that was written once and not seen again (<see
/// cref="Policies.PrefixClass.Anonymous"/>).</param>
public readonly record struct ItemMarks(long LastAccess, bool WasRead, bool IsAnonymous);
