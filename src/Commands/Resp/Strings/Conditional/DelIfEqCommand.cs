
namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>DELIFEQ key value: 1 when the key held the value and is gone. How a lock is released.</summary>
internal sealed class DelIfEqCommand() : RespCommand(
    new CommandDescriptor("delifeq", 3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RM | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "string",
        Since = "9.0.0",
        Summary = "Delete key if value matches string",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) =>
        DelExCommand.Delete(call, new ValueCondition(ConditionKind.Equal, 2));
}
