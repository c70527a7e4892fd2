using System.Runtime.InteropServices;
using SessionGateway.Store;
using SessionGateway.Store.Waiters;

namespace SessionGateway.Commands.Resp;

/// <summary>A <see cref="BlockingCommand"/> that waits: its places in the queues of its keys, and its
/// deadline.</summary>
/// <param name="command">The command.</param>
/// <param name="milliseconds">How long it waits; 0 = for ever.</param>
internal sealed class KeyWaitRequest(BlockingCommand command, long milliseconds) : PausedRequest, IKeyWaiter
{
    // A place and its share of a queue and a table, roughly.
    private const int BytesPerPlace = 160;

    private KeyWait[] _places = [];
    private ItemStore? _store;
    private ClientConnection? _client;
    private long _deadline;
    private int _token;

    /// <inheritdoc/>
    public override bool HasBegunAnswer => false;

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        if (_client is null)
        {
            Begin(call);
            return false;
        }

        WakeReason reason = call.Client.TakeWakeReason();
        using MultiShardScope scope = call.Store.EnterMany(command.ShardsToLock(call), call.Now);
        bool isKept = call.Services.Claims.AreKept && IsKept(call, reason);
        if (isKept && _client.IsParked)
        {
            return false;
        }

        if (isKept || !command.TryAnswer(call, this))
        {
            if (reason == WakeReason.UnblockedWithError)
            {
                call.Error("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n"u8);
            }
            else if (reason is WakeReason.TimedOut or WakeReason.Unblocked)
            {
                command.WriteNothing(call);
            }
            else
            {
                _token = call.Client.Park(_deadline);
                return false;
            }
        }

        // While all of its keys are held: whoever is next in line looks after this one has taken.
        Release();
        return true;
    }

    /// <inheritdoc/>
    public void Wake() => _client!.Wake(_token);

    /// <inheritdoc/>
    public override void Release()
    {
        foreach (KeyWait place in _places)
        {
            using ShardScope scope = ItemStore.Enter(_store!.Shards[place.Shard]);
            scope.Shard.Waiters.Remove(place);
        }

        _client?.Hold(-BytesPerPlace * (long)_places.Length);
        _places = [];
    }

    // A script that feeds it may not be at its end; then it waits on. Who has waited long enough gets nothing.
    private bool IsKept(in RespCall call, WakeReason reason)
    {
        List<ulong> keys = [];
        KeptKeys.AddKeys(call, command, keys);
        KeyClaims claims = call.Services.Claims;
        if (reason is not (WakeReason.None or WakeReason.Woken))
        {
            return claims.IsKept(CollectionsMarshal.AsSpan(keys));
        }

        bool isKept = claims.TryWait(CollectionsMarshal.AsSpan(keys), _client!, _deadline);
        _token = _client!.ParkToken;
        return isKept;
    }

    // All keys' shards are held.
    private void Begin(in RespCall call)
    {
        _client = call.Client;
        _store = call.Store;
        _deadline = milliseconds == 0 ? ClientConnection.NoDeadline : _client.DeadlineAfter(milliseconds);
        _token = _client.Park(_deadline);
        (int first, int last) = command.Sources(call);
        _places = new KeyWait[last - first + 1];
        for (int i = 0; i < _places.Length; i++)
        {
            ItemKey key = call.Key(first + i);
            Shard shard = call.Shard(key);
            _places[i] = new KeyWait(this, shard.Index, key, command.Type);
            shard.Waiters.Add(_places[i]);
        }

        _client.Hold(BytesPerPlace * (long)_places.Length);
    }
}
