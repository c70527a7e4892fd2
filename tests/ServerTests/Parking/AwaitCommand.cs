using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.ServerTests.Parking;

/// <summary>
/// <c>AWAIT key [key ...] seconds</c> waits until one of the keys holds a string, takes it away and answers with key
/// and value: what BLPOP is for lists, and as short.
/// </summary>
internal sealed class AwaitCommand() : BlockingCommand(
    new CommandDescriptor("await", -3, CommandFlags.Write | CommandFlags.Blocking)
    {
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Delete, 1, -2)],
        Group = "string",
        Since = "0.0.0",
        Summary = "Takes a string",
        Complexity = "O(N)",
    })
{
    static AwaitCommand() => CommandTable.All.Add(new AwaitCommand());

    public override ItemType Type => ItemType.String;

    /// <summary>Has the command known to the servers of this process.</summary>
    public static void Learn() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(
        typeof(AwaitCommand).TypeHandle);

    protected override void Answer(in RespCall call, int place)
    {
        ItemKey key = call.Key(place);
        Shard shard = call.Shard(key);
        shard.TryGet(key, call.Now, out ItemView item);
        call.Output.WriteArray(2);
        call.Output.WriteBulk(call[place]);
        call.Output.WriteBulk(item.Value);
        shard.Remove(key, RemoveReason.Deleted, call.Now);
    }
}
