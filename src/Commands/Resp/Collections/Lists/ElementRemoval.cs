using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>Many elements of a list go, from the end on, so that the places before stay what they are.</summary>
/// <param name="call">The call; the key is its first argument.</param>
/// <param name="places">Ascending.</param>
/// <param name="length">Of the list.</param>
internal sealed class ElementRemoval(in RespCall call, List<long> places, long length)
    : KeptSteps(new KeyHold(call.Services, call.ShardsOf(1, 1, 1), [call.Key(1).Hash], isReading: false), call.Context)
{
    private const int PlacesPerStep = 64;

    private readonly byte[] _key = call[1].ToArray();
    private readonly int _database = call.Client.Database;
    private int _left = places.Count;

    protected override bool Step(CommandContext context)
    {
        ItemKey key = context.Store.Key(_database, _key);
        Store.Collections.Lists lists = context.Store.Shards[context.Store.ShardOf(key)].Collections.Lists;
        for (int end = Math.Max(0, _left - PlacesPerStep); _left > end; _left--)
        {
            lists.RemoveAt(key, places[_left - 1], 1, context.Now);
        }

        context.Spend(PlacesPerStep);
        return _left == 0;
    }

    protected override void Answer(in RespCall call)
    {
        using ShardScope scope = call.Store.Enter(call.Key(1), call.Now);
        call.NotifyRemoved(KeyEventClasses.List, "lrem"u8, call.Key(1), isEmpty: places.Count == length);
        call.Output.WriteInteger(places.Count);
    }
}
