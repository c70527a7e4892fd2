namespace SessionGateway.Commands.Resp;

/// <summary>ACL categories of a command, in the order in which COMMAND prints them.</summary>
[Flags]
internal enum AclCategories
{
    None = 0,
    Keyspace = 1 << 0,
    Read = 1 << 1,
    Write = 1 << 2,
    String = 1 << 3,
    PubSub = 1 << 4,
    Admin = 1 << 5,
    Fast = 1 << 6,
    Slow = 1 << 7,
    Blocking = 1 << 8,
    Dangerous = 1 << 9,
    Connection = 1 << 10,
    Transaction = 1 << 11,
    Scripting = 1 << 12,
}
