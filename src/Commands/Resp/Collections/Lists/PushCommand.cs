using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>LPUSH, RPUSH and those that push only to a list that is there: key element [element ...].</summary>
internal abstract class PushCommand(CommandDescriptor descriptor, bool atStart, bool onlyIfPresent)
    : RespCommand(descriptor)
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Last);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        Store.Collections.Lists lists = scope.Shard.Collections.Lists;
        Lookup found = lists.Length(key, call.Now, out long count);
        if (call.RefusesWrite(found))
        {
            return;
        }

        if (found == Lookup.Absent && onlyIfPresent)
        {
            call.Output.WriteInteger(0);
            return;
        }

        call.NotifyIfNew(scope.Shard, key);
        for (int i = 2; i < call.Count; i++)
        {
            if (!call.Accepts(atStart
                ? lists.AddFirst(key, call[i], call.Now)
                : lists.AddLast(key, call[i], call.Now)))
            {
                return;
            }
        }

        call.Context.Spend((call.Count / WorkUnits.KeysPerUnit) + WorkUnits.ForBytes(call.Request.Bytes.Length));
        call.Notify(KeyEventClasses.List, atStart ? "lpush"u8 : "rpush"u8, key);
        call.Output.WriteInteger(count + call.Count - 2);
    }
}
