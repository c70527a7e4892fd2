using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HSET key field value [field value ...]: how many fields are new.</summary>
internal sealed class HSetCommand() : HashSetCommand(
    new CommandDescriptor("hset", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Set the string value of a hash field",
        Complexity =
            "O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is"
            + " called with multiple field/value pairs.",
    })
{
    protected override WideReply Reply => WideReply.Sum;

    protected override void Answer(in RespCall call, int added) => call.Output.WriteInteger(added);
}
