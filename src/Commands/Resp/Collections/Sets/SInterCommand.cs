namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SINTER key [key ...].</summary>
internal sealed class SInterCommand() : SetCombineCommand(
    new CommandDescriptor("sinter", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1, -1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Intersect multiple sets",
        Complexity = "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    }, SetOperation.Intersection);
