using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Replication;

/// <summary>All that a store holds, as clients see it.</summary>
internal static class Everything
{
    /// <summary>A line for each key of the databases 0 and 5.</summary>
    public static List<string> Of(RespPeer peer)
    {
        var lines = new List<string>();
        foreach (int database in (int[])[0, 5])
        {
            peer.Send($"SELECT {database}");
            string[] keys = peer.Send("KEYS *").Split(' ');
            for (int i = 2; i < keys.Length; i += 2)
            {
                string key = keys[i];
                string type = peer.Send($"TYPE {key}");
                string value = type switch
                {
                    "+string" => peer.Send($"GET {key}"),
                    "+hash" => Sorted(peer.Send($"HGETALL {key}"), pair: 4),
                    "+list" => peer.Send($"LRANGE {key} 0 -1"),
                    "+set" => Sorted(peer.Send($"SMEMBERS {key}"), pair: 2),
                    _ => peer.Send($"ZRANGE {key} 0 -1 WITHSCORES"),
                };
                lines.Add($"{database} {key} {type} {peer.Send($"PEXPIRETIME {key}")} {value}");
            }
        }

        peer.Send("SELECT 0");
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Sorted(string reply, int pair) => string.Join(' ',
        reply.Split(' ').Skip(1).Chunk(pair).Select(words => string.Join(' ', words)).Order(StringComparer.Ordinal));
}
