using System.Globalization;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Traffic;

/// <summary>One row of the program: what is asked, by how many connections, in which protocol.</summary>
internal sealed record Workload(string Name, WireKind Wire)
{
    public int GetPercent { get; init; } = 50;

    public int Connections { get; init; } = 50;

    /// <summary>Requests sent together; the next ones are sent when all are answered.</summary>
    public int Pipeline { get; init; } = 1;

    public int ValueBytes { get; init; } = 1024;

    public int Keys { get; init; } = 100_000;

    /// <summary>One operation is a whole page view: connect, lock, get, set, unlock, good-bye.</summary>
    public bool IsChurn { get; init; }

    /// <summary>Run by <c>all</c>; the others only by name or by <c>everything</c>.</summary>
    public bool IsStandard { get; init; } = true;

    public Family Family =>
        Wire is WireKind.Text or WireKind.Binary ? Family.Memcached : Family.Resp;

    public string Describe()
    {
        string verbs = Wire switch
        {
            WireKind.Resp => "GET/SETEX",
            WireKind.RespHash => "HMGET/HSET and EXPIRE",
            WireKind.RespFields => "HGETALL/HMSET and EXPIRE of 3 fields",
            WireKind.RespManyFields => "HGETALL/HMSET and EXPIRE of 12 fields",
            _ => "get/set",
        };
        string what = IsChurn
            ? "page view: connect, lock, get, set, unlock, quit"
            : GetPercent switch { 100 => "get", 0 => "set", _ => $"{verbs} {GetPercent}:{100 - GetPercent}" };
        string protocol = Wire switch
        {
            WireKind.Text => "memcached text",
            WireKind.Binary => "memcached binary",
            _ => "RESP",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{protocol}, {what}, values {ValueBytes:N0} B, {Keys:N0} keys of {Dataset.KeyBytes} B, "
            + $"TTL {Dataset.TtlSeconds} s, {Connections:N0} connections, {Pipeline} in flight each");
    }
}
