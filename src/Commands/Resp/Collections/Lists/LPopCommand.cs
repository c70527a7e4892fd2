namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LPOP key [count].</summary>
internal sealed class LPopCommand() : PopCommand(
    new CommandDescriptor("lpop", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Remove and get the first elements in a list",
        Complexity = "O(N) where N is the number of elements returned",
    }, atStart: true);
