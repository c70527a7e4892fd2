namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>RPUSHX key element [element ...]: the length, 0 without a list.</summary>
internal sealed class RPushXCommand() : PushCommand(
    new CommandDescriptor("rpushx", -3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "list",
        Since = "2.2.0",
        Summary = "Append an element to a list, only if the list exists",
        Complexity =
            "O(1) for each element added, so O(N) to add N elements when the command is called with multiple"
            + " arguments.",
    }, atStart: false, onlyIfPresent: true);
