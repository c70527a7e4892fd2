namespace SessionGateway.HouseTests.Checks;

/// <summary>Families of commands (memcached, and each group of RESP commands) do not see each other.</summary>
internal static class FamilyArrows
{
    private const string Root = "SessionGateway.Commands";

    /// <summary>Uses that cross all the same, and why.</summary>
    public static IReadOnlyDictionary<string, string> Crossings { get; } = new Dictionary<string, string>
    {
        ["HelloCommand uses Subscriptions"] = "HELLO 3 lifts RESP2's limit to subscription commands",
        ["ResetCommand uses Subscriptions"] = "RESET ends subscriptions by its definition",
        ["ResetCommand uses Transaction"] = "RESET discards a transaction by its definition",
        ["MemorySection uses ScriptCache"] = "INFO counts scripts",
        ["StatsSection uses PubSubHub"] = "INFO counts channels and patterns",
    };

    /// <summary>
    /// The family of a namespace: <c>Memcached</c>, <c>Resp.Strings</c>; what lies below a family belongs to it. Empty
    /// for the common ground; <c>Resp</c> for that of the RESP families, and for what watches all their commands or
    /// cuts them.
    /// </summary>
    public static string Family(string typeNamespace)
    {
        string[] parts = typeNamespace.Length > Root.Length ? typeNamespace[(Root.Length + 1)..].Split('.') : [];
        bool isGround = parts is ["Resp", "Watching" or "Wide", ..];
        return string.Join('.', parts.Take(parts is ["Resp", ..] && !isGround ? 2 : 1));
    }

    /// <summary>A family may see itself and the ground it stands on; the ground may see what stands on it.</summary>
    public static bool MaySee(string family, string other) => IsGroundOf(family, other) || IsGroundOf(other, family);

    /// <summary>The uses that cross between families.</summary>
    public static IEnumerable<string> Violations(
        IEnumerable<(Type Type, Type Used)> uses, IReadOnlyDictionary<string, string> crossings)
    {
        var needed = new HashSet<string>();
        foreach ((Type type,
            Type used) in uses.Where(u => !MaySee(Family(u.Type.Namespace!), Family(u.Used.Namespace!))))
        {
            string use = $"{type.Name} uses {used.Name}";
            if (needed.Add(use) && !crossings.ContainsKey(use))
            {
                yield return $"{use} of {Family(used.Namespace!)}";
            }
        }

        foreach (string unneeded in crossings.Keys.Except(needed))
        {
            yield return $"{unneeded}: does not happen and need not be allowed";
        }
    }

    private static bool IsGroundOf(string ground, string family) =>
        ground.Length == 0 || ground == family || family.StartsWith(ground + ".", StringComparison.Ordinal);
}
