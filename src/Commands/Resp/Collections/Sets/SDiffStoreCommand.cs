namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SDIFFSTORE destination key [key ...].</summary>
internal sealed class SDiffStoreCommand() : SetStoreCommand(
    new CommandDescriptor("sdiffstore", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1), new KeySpec(KeyAccess.RO | KeyAccess.Access, 2, -1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Subtract multiple sets and store the resulting set in a key",
        Complexity = "O(N) where N is the total number of elements in all given sets.",
    }, SetOperation.Difference);
