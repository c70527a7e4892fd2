using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>The answer of PUBSUB CHANNELS and SHARDCHANNELS: collected in slices, written as the peer reads.</summary>
/// <param name="kind">Channels or shard channels.</param>
internal sealed class ChannelList(TopicKind kind) : PausedRequest
{
    // Names that are written with the work of one look at the budget.
    private const int NamesPerLook = 64;

    private ChannelWalk _walk;
    private ClientConnection? _holder;
    private long _heldBytes;
    private bool _isCollected;
    private int _written;

    public override bool GoOn(in RespCall call)
    {
        _holder = call.Client;
        if (!_isCollected)
        {
            ReadOnlySpan<byte> pattern = call.Count == 3 ? call[2] : "*"u8;
            _isCollected = call.Services.Resp.PubSub.TryCollect(pattern, kind, ref _walk, call.Context);
            Hold(_walk.Bytes);
            if (!_isCollected)
            {
                return IsRefused(call);
            }

            call.Output.WriteArray(_walk.Found.Count);
        }

        return Write(call);
    }

    public override void Release() => Hold(0);

    // One step of a transaction or script has no next turn.
    private static bool IsRefused(in RespCall call)
    {
        bool isRefused = call.Context.IsAtomicStepSpent;
        if (isRefused)
        {
            call.Error(RespErrors.TooMuchWork);
        }

        return isRefused;
    }

    private bool Write(in RespCall call)
    {
        IReadOnlyList<byte[]> names = _walk.Found;
        while (_written < names.Count)
        {
            for (int i = 0; i < NamesPerLook && _written < names.Count; i++)
            {
                call.Output.WriteBulk((ReadOnlySpan<byte>)names[_written++]);
            }

            call.Context.Spend(1 + (NamesPerLook / WorkUnits.KeysPerUnit));
            if (call.Context.ShouldPause())
            {
                break;
            }
        }

        return _written == names.Count;
    }

    // What waits between turns is the connection's.
    private void Hold(long bytes)
    {
        _holder?.Hold(bytes - _heldBytes);
        _heldBytes = bytes;
    }
}
