namespace SessionGateway.Protocols.Rdb;

/// <summary>What stands between values (redis 7.4 rdb.h, RDB_OPCODE_*).</summary>
internal static class RdbOpcode
{
    /// <summary>Three lengths about a slot of a cluster.</summary>
    public const byte SlotInfo = 244;

    /// <summary>A string: the code of a library of functions.</summary>
    public const byte Function2 = 245;

    /// <summary>The same in candidates of redis 7.0.</summary>
    public const byte FunctionOld = 246;

    /// <summary>What a module keeps beside keys.</summary>
    public const byte ModuleAuxiliary = 247;

    /// <summary>A length: seconds that the next key was not used.</summary>
    public const byte Idle = 248;

    /// <summary>A byte: how often the next key is used.</summary>
    public const byte Frequency = 249;

    /// <summary>Two strings about the file.</summary>
    public const byte Auxiliary = 250;

    /// <summary>Two lengths: keys, and keys with an expiry.</summary>
    public const byte Sizes = 251;

    /// <summary>Eight bytes, the lowest first: Unix milliseconds at which the next key ends.</summary>
    public const byte ExpiresMilliseconds = 252;

    /// <summary>Four bytes, the lowest first: Unix seconds at which the next key ends.</summary>
    public const byte ExpiresSeconds = 253;

    /// <summary>A length: database of the following keys.</summary>
    public const byte Database = 254;

    /// <summary>The end; the checksum follows from version 5 on.</summary>
    public const byte End = 255;
}
