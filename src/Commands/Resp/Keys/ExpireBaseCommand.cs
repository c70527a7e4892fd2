using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>
/// EXPIRE and its kin: <c>key time [NX | XX | GT | LT]</c> (redis 7 expire.c, expireGenericCommand).
/// </summary>
/// <param name="descriptor">What it is.</param>
/// <param name="unit">Milliseconds in one unit of the time.</param>
/// <param name="isAbsolute">The time is a Unix time.</param>
internal abstract class ExpireBaseCommand(CommandDescriptor descriptor, int unit, bool isAbsolute)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        ExpireCondition condition = ExpireCondition.None;
        if ((call.Count > 3 && !TryConditions(call, out condition)) || !call.TryInteger(2, out long time))
        {
            return;
        }

        long start = isAbsolute ? 0 : call.Clock;
        if (time > long.MaxValue / unit || time < long.MinValue / unit || time * unit > long.MaxValue - start)
        {
            call.Error(RespErrors.InvalidExpire(Name));
            return;
        }

        long expiresAt = time * unit + start;
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        call.Output.WriteInteger(Apply(call, scope.Shard, key, expiresAt, condition) ? 1 : 0);
    }

    private static bool Apply(in RespCall call, Shard shard, in ItemKey key, long expiresAt, ExpireCondition condition)
    {
        if (condition != ExpireCondition.None
            && (!shard.TryPeekAttributes(key, call.Now, out ItemView item)
                || !Holds(condition, item.ExpiresAt, expiresAt)))
        {
            return false;
        }

        bool isOver = expiresAt <= call.Now;
        bool isDone = isOver
            ? shard.Remove(key, RemoveReason.Deleted, call.Now)
            : shard.SetExpiry(key, expiresAt, call.Now);
        if (isDone)
        {
            call.Notify(KeyEventClasses.Generic, isOver ? "del"u8 : "expire"u8, key);
        }

        return isDone;
    }

    // Without an expiry an item lives longest: GT never holds, LT always.
    private static bool Holds(ExpireCondition condition, long current, long wanted) =>
        !(condition.HasFlag(ExpireCondition.Nx) && current != 0
            || condition.HasFlag(ExpireCondition.Xx) && current == 0
            || condition.HasFlag(ExpireCondition.Gt) && (current == 0 || wanted <= current)
            || condition.HasFlag(ExpireCondition.Lt) && current != 0 && wanted >= current);

    private static bool TryConditions(in RespCall call, out ExpireCondition condition)
    {
        condition = ExpireCondition.None;
        for (int i = 3; i < call.Count; i++)
        {
            ExpireCondition next = call.Is(i, "nx"u8) ? ExpireCondition.Nx
                : call.Is(i, "xx"u8) ? ExpireCondition.Xx
                : call.Is(i, "gt"u8) ? ExpireCondition.Gt
                : call.Is(i, "lt"u8) ? ExpireCondition.Lt
                : ExpireCondition.None;
            if (next == ExpireCondition.None)
            {
                call.Error($"ERR Unsupported option {RespErrors.Preview(call[i])}");
                return false;
            }

            condition |= next;
        }

        if (condition.HasFlag(ExpireCondition.Nx) && condition != ExpireCondition.Nx)
        {
            call.Error("ERR NX and XX, GT or LT options at the same time are not compatible");
            return false;
        }

        if (condition.HasFlag(ExpireCondition.Gt | ExpireCondition.Lt))
        {
            call.Error("ERR GT and LT options at the same time are not compatible");
            return false;
        }

        return true;
    }
}
