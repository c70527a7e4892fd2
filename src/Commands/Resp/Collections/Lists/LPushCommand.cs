namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LPUSH key element [element ...]: the length.</summary>
internal sealed class LPushCommand() : PushCommand(
    new CommandDescriptor("lpush", -3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.List,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "list",
        Since = "1.0.0",
        Summary = "Prepend one or multiple elements to a list",
        Complexity =
            "O(1) for each element added, so O(N) to add N elements when the command is called with multiple"
            + " arguments.",
    }, atStart: true, onlyIfPresent: false);
