using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// A request that needs a large hash without the fields whose time is over, before it does anything: they are ended a
/// slice at a time, over several turns when they are many, and then the request is run from its start.
/// </summary>
internal sealed class EndedFields : PausedRequest
{
    // What one look at a hash ends, 256 fields: about 50 microseconds.
    private const int UnitsPerSlice = 64;

    /// <summary>CLIENT REPLY SKIP was meant for it.</summary>
    public bool WasSkipped { get; set; }

    /// <summary>Nothing of the request has been done: it is run from its start.</summary>
    public override bool GoOn(in RespCall call) => true;

    /// <summary>Ends the fields of a hash that are over. Whoever holds other shards holds this one, too.</summary>
    /// <param name="call">The call; nothing of it has been done.</param>
    /// <param name="place">Argument of the key.</param>
    /// <returns>True when the call has nothing more to do: it is run again, or an error was written.</returns>
    public static bool Precede(in RespCall call, int place)
    {
        ItemKey key = call.Key(place);
        using ShardScope scope = call.Store.Enter(key, call.Now);
        while (!TryEnd(call, scope.Shard, key))
        {
            if (call.Context.IsAtomicStepSpent)
            {
                call.Error(RespErrors.TooMuchWork);
                return true;
            }

            if (call.Context.ShouldPause())
            {
                call.Connection.Postpone(new EndedFields());
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends a slice of the fields that are over.</summary>
    /// <returns>True when none are left.</returns>
    public static bool TryEnd(in RespCall call, Shard shard, in ItemKey key)
    {
        if (shard.Collections.Hashes.EndDue(key, call.Now))
        {
            return true;
        }

        call.Context.Spend(UnitsPerSlice);
        return false;
    }
}
