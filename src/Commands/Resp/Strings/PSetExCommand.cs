namespace SessionGateway.Commands.Resp.Strings;

/// <summary>PSETEX key milliseconds value.</summary>
internal sealed class PSetExCommand() : SetExpiringCommand(
    new CommandDescriptor("psetex", 4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1)],
        Group = "string",
        Since = "2.6.0",
        Summary = "Set the value and expiration in milliseconds of a key",
        Complexity = "O(1)",
    }, unit: 1);
