namespace SessionGateway.Commands.Resp.Strings.Bits;

/// <summary>BITFIELD.</summary>
internal sealed class BitFieldCommand() : BitFieldBaseCommand(
    new CommandDescriptor("bitfield", -2, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Bitmap,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update | KeyAccess.VariableFlags, 1)
            {
                Notes = "This command allows both access and modification of the key",
            },
        ],
        Group = "bitmap",
        Since = "3.2.0",
        Summary = "Perform arbitrary bitfield integer operations on strings",
        Complexity = "O(1) for each subcommand specified",
    }, isReadOnly: false);
