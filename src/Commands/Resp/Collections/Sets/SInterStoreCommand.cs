namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SINTERSTORE destination key [key ...].</summary>
internal sealed class SInterStoreCommand() : SetStoreCommand(
    new CommandDescriptor("sinterstore", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1), new KeySpec(KeyAccess.RO | KeyAccess.Access, 2, -1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Intersect multiple sets and store the resulting set in a key",
        Complexity = "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    }, SetOperation.Intersection);
