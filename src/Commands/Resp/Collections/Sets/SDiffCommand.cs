namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SDIFF key [key ...].</summary>
internal sealed class SDiffCommand() : SetCombineCommand(
    new CommandDescriptor("sdiff", -2, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Set,
        Tips = ["nondeterministic_output_order"],
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1, -1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Subtract multiple sets",
        Complexity = "O(N) where N is the total number of elements in all given sets.",
    }, SetOperation.Difference);
