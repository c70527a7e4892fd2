using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SINTERCARD numkeys key [key ...] [LIMIT limit].</summary>
internal sealed class SInterCardCommand() : RespCommand(
    new CommandDescriptor("sintercard", -3, CommandFlags.ReadOnly | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1) { IsCounted = true }],
        Group = "set",
        Since = "7.0.0",
        Summary = "Intersect multiple sets and return the cardinality of the result",
        Complexity = "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!KeyCount.TryParse(call, 1, out int last) || !TryLimit(call, last + 1, out long limit))
        {
            return;
        }

        var sets = new SetCombination(SetOperation.Intersection, 2, last, limit == 0 ? long.MaxValue : limit);
        call.Connection.Run(new CombinedCount(this, sets), call);
    }

    private static bool TryLimit(in RespCall call, int at, out long limit)
    {
        limit = 0;
        for (int i = at; i < call.Count; i += 2)
        {
            if (!call.Is(i, "limit"u8) || i + 1 == call.Count)
            {
                call.Error(RespErrors.Syntax);
                return false;
            }

            if (!RespNumbers.TryInt64(call[i + 1], out limit) || limit < 0)
            {
                call.Error("-ERR LIMIT can't be negative\r\n"u8);
                return false;
            }
        }

        return true;
    }
}
