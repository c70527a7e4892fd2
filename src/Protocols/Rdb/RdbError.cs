namespace SessionGateway.Protocols.Rdb;

/// <summary>What is wrong with bytes that are not, or no longer, RDB.</summary>
public enum RdbError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The file does not begin as one does.</summary>
    NotRdb,

    /// <summary>The version is not read.</summary>
    Version,

    /// <summary>An unknown type of value, or one whose length cannot be known.</summary>
    Type,

    /// <summary>A length of no known form, or one that is too long.</summary>
    Length,

    /// <summary>A string of no known form.</summary>
    String,

    /// <summary>A compressed string that is none.</summary>
    Compression,

    /// <summary>A ziplist, listpack, zipmap or intset that is none.</summary>
    Packed,

    /// <summary>A score that is no number.</summary>
    Score,

    /// <summary>An expiry that is no time.</summary>
    Expiry,

    /// <summary>A database that no server has.</summary>
    Database,

    /// <summary>The checksum is another one.</summary>
    Checksum,
}
