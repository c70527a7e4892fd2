namespace SessionGateway.Commands.Resp.Strings;

/// <summary>DECR key.</summary>
internal sealed class DecrCommand() : RespCommand(
    new CommandDescriptor("decr", 2, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Decrement the integer value of a key by one",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => Arithmetic.Add(call, -1);
}
