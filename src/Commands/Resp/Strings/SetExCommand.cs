namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SETEX key seconds value.</summary>
internal sealed class SetExCommand() : SetExpiringCommand(
    new CommandDescriptor("setex", 4, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.OW | KeyAccess.Update, 1)],
        Group = "string",
        Since = "2.0.0",
        Summary = "Set the value and expiration of a key",
        Complexity = "O(1)",
    }, unit: 1000);
