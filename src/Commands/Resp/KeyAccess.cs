namespace SessionGateway.Commands.Resp;

/// <summary>What a command does to its keys, in the order and under the names of Redis' key specifications.</summary>
[Flags]
internal enum KeyAccess
{
    None = 0,
    RO = 1 << 0,
    RW = 1 << 1,
    OW = 1 << 2,
    RM = 1 << 3,
    Access = 1 << 4,
    Update = 1 << 5,
    Insert = 1 << 6,
    Delete = 1 << 7,
    VariableFlags = 1 << 8,

    /// <summary>No keys, though a cluster routes by them (shard channels).</summary>
    NotKey = 1 << 9,
}
