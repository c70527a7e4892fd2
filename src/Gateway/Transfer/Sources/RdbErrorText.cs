using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer.Sources;

/// <summary>Words for what is found in files and payloads.</summary>
internal static class RdbErrorText
{
    /// <summary>What is wrong.</summary>
    public static string Of(RdbError error) => error switch
    {
        RdbError.NotRdb => "no dump file of Redis",
        RdbError.Version => "a version that is not read",
        RdbError.Type => "a value of an unknown type",
        RdbError.Length => "a length that cannot be",
        RdbError.String => "a string of an unknown form",
        RdbError.Compression => "a compressed string that cannot be unpacked",
        RdbError.Packed => "a packed collection that is none",
        RdbError.Score => "a score that is no number",
        RdbError.Expiry => "an expiry that is no time",
        RdbError.Database => "a database that no server has",
        RdbError.Checksum => "the checksum is another one",
        _ => "it is not whole",
    };

    /// <summary>A value that the gateway does not have.</summary>
    public static string Of(RdbKind kind) => kind switch
    {
        RdbKind.Stream => "a stream",
        RdbKind.Module => "a module",
        _ => "a value of an unknown type",
    };
}
