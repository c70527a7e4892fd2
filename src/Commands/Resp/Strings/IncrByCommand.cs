namespace SessionGateway.Commands.Resp.Strings;

/// <summary>INCRBY key increment.</summary>
internal sealed class IncrByCommand() : RespCommand(
    new CommandDescriptor("incrby", 3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "string",
        Since = "1.0.0",
        Summary = "Increment the integer value of a key by the given amount",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.TryInteger(2, out long delta))
        {
            Arithmetic.Add(call, delta);
        }
    }
}
