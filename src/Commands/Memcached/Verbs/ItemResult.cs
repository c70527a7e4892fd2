namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>What became of an operation, before a protocol puts it into its own words.</summary>
internal enum ItemResult
{
    Ok,
    NotStored,
    Exists,
    NotFound,
    NonNumeric,
    OutOfMemory,
}
