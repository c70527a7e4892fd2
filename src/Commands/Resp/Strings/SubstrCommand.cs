namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SUBSTR key start end: the old name of GETRANGE.</summary>
internal sealed class SubstrCommand() : RangeCommand(
    new CommandDescriptor("substr", 4, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Get a substring of the string stored at a key",
        Complexity =
            "O(N) where N is the length of the returned string. The complexity is ultimately determined by the "
            + "returned length, but because creating a substring from an existing string is very cheap, it can be "
            + "considered O(1) for small strings.",
    });
