using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>SELECT index.</summary>
internal sealed class SelectCommand() : RespCommand(
    new CommandDescriptor("select", 2, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "1.0.0",
        Summary = "Change the selected database for the current connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!call.TryInteger(1, out long index))
        {
            return;
        }

        if (index is < int.MinValue or > int.MaxValue)
        {
            call.Error("-ERR value is out of range, value must between -2147483648 and 2147483647\r\n"u8);
        }
        else if (index is < 0 or >= ItemStore.DatabaseCount)
        {
            call.Error("-ERR DB index is out of range\r\n"u8);
        }
        else
        {
            call.Client.Database = (int)index;
            call.Output.WriteOk();
        }
    }

    // The commands behind it in the queue use another database than the one selected now.
    public override ulong Shards(in RespCall call) => ulong.MaxValue;
}
