namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITFIELD_RO.</summary>
internal sealed class BitFieldRoCommand() : BitFieldBaseCommand(
    new CommandDescriptor("bitfield_ro", -2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Bitmap,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "bitmap",
        Since = "6.0.0",
        Summary = "Perform arbitrary bitfield integer operations on strings. Read-only variant of BITFIELD",
        Complexity = "O(1) for each subcommand specified",
    }, isReadOnly: true);
