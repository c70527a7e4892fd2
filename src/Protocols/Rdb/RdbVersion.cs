namespace SessionGateway.Protocols.Rdb;

/// <summary>Versions of the format (redis and valkey rdb.h, RDB_VERSION).</summary>
public static class RdbVersion
{
    /// <summary>Redis 5 and 6: the oldest that is written; every replica from 5.0 on takes it.</summary>
    public const int Redis5 = 9;

    /// <summary>Redis 7.0: what DUMP writes.</summary>
    public const int Redis70 = 10;

    /// <summary>Redis 7.2 and Valkey 7.2 to 8: sets in listpacks.</summary>
    public const int Redis72 = 11;

    /// <summary>Redis 7.4: fields with expiries. The newest one of Redis that is read.</summary>
    public const int Redis74 = 12;

    /// <summary>Valkey 9: fields with expiries, in its own form. 13 to 79 are not Valkey's.</summary>
    public const int Valkey9 = 80;

    /// <summary>From here on a file ends with a checksum.</summary>
    internal const int WithChecksum = 5;

    /// <summary>True for versions whose files and payloads are read.</summary>
    public static bool IsRead(int version) => version is (>= 0 and <= Redis74) or Valkey9;
}
