namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SUNION key [key ...].</summary>
internal sealed class SUnionCommand() : SetCombineCommand(
    new CommandDescriptor("sunion", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1, -1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Add multiple sets",
        Complexity = "O(N) where N is the total number of elements in all given sets.",
    }, SetOperation.Union);
