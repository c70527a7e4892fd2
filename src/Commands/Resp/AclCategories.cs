namespace SessionGateway.Commands.Resp;

/// <summary>ACL categories of a command, in the order in which COMMAND prints them.</summary>
[Flags]
internal enum AclCategories
{
    None = 0,
    Keyspace = 1 << 0,
    Read = 1 << 1,
    Write = 1 << 2,
    Set = 1 << 3,
    SortedSet = 1 << 4,
    List = 1 << 5,
    Hash = 1 << 6,
    String = 1 << 7,
    Bitmap = 1 << 8,
    PubSub = 1 << 9,
    Admin = 1 << 10,
    Fast = 1 << 11,
    Slow = 1 << 12,
    Blocking = 1 << 13,
    Dangerous = 1 << 14,
    Connection = 1 << 15,
    Transaction = 1 << 16,
    Scripting = 1 << 17,
}
