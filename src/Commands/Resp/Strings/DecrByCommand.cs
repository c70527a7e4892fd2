namespace SessionGateway.Commands.Resp.Strings;

/// <summary>DECRBY key decrement.</summary>
internal sealed class DecrByCommand() : RespCommand(
    new CommandDescriptor("decrby", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Decrement the integer value of a key by the given number",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(2, out long delta))
        {
            return;
        }

        if (delta == long.MinValue)
        {
            call.Error("-ERR decrement would overflow\r\n"u8);
            return;
        }

        Arithmetic.Add(call, -delta);
    }
}
