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
    }, isReadOnly: false)
{
    // As redis guesses before it reads them: what is not understood may write.
    public override KeyAccess AccessOf(in RespCall call)
    {
        for (int i = 2; i < call.Count;)
        {
            int rest = call.Count - i - 1;
            if (call.Is(i, "get"u8) && rest >= 2)
            {
                i += 3;
            }
            else if (call.Is(i, "overflow"u8) && rest >= 1)
            {
                i += 2;
            }
            else
            {
                return KeyAccess.RW | KeyAccess.Access | KeyAccess.Update;
            }
        }

        return KeyAccess.RO | KeyAccess.Access;
    }
}
