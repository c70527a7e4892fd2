using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Wide;

/// <summary>
/// A call with many arguments, done as calls of the same command with few of them: a few in each turn. The key is kept
/// meanwhile (<see cref="KeyHold"/>), so that it is one moment for all others, as in Redis. The arguments are copied
/// first: what has begun goes on to its end when its client is gone.
/// </summary>
internal sealed class WideRun : PausedRequest
{
    /// <summary>Arguments of a call that is done at once: one to three milliseconds.</summary>
    public const int MostAtOnce = 1024;

    private const int FirstReplyBytes = 4096;

    private readonly RespCommand _command;
    private readonly WideForm _form;
    private readonly WideArguments _arguments;
    private readonly KeyHold _keys;
    private readonly ulong _hash;
    private readonly ToldEvents _told = new();
    private readonly OutputBuffer _reply;
    private readonly RespConversation _connection;
    private readonly ClientConnection _client;
    private readonly CommandContext _context;
    private readonly long _argumentBytes;
    private long _now;
    private long _sum;
    private int _next;
    private int _sent;
    private long _heldBytes;
    private bool _isCopied;
    private bool _hasBegun;
    private bool _exists;
    private bool _isDone;
    private bool _hasFailed;
    private bool _isOver;

    private WideRun(in RespCall call, RespCommand command, WideForm form)
    {
        ItemKey key = call.Key(1);
        _command = command;
        _form = form;
        _arguments = new WideArguments(form);
        _hash = key.Hash;
        _keys = new KeyHold(
            call.Services, 1UL << call.Store.ShardOf(key), [_hash], KeptKeys.IsReading(command));
        _next = form.First;
        _connection = call.Connection;
        _client = call.Client;
        _context = call.Context;
        _reply = new OutputBuffer(FirstReplyBytes, call.Services.Limits.MaxOutputBytes);
        _argumentBytes = WideArguments.BytesOf(call.Request);
        Hold(_argumentBytes);
    }

    /// <inheritdoc/>
    public override bool KeepsKeys => _keys.IsKept;

    /// <summary>Runs a call that is cut.</summary>
    public static void Execute(in RespCall call, RespCommand command, WideForm form)
    {
        // Who has to wait is parked before anything is copied; it is looked at again behind the locks.
        call.Context.MustLookAgain = false;
        if (call.Client.StateBytes + WideArguments.BytesOf(call.Request) > call.Services.Limits.ClientBytes)
        {
            call.Error(RespErrors.OutOfMemory);
            return;
        }

        call.Connection.Run(new WideRun(call, command, form), call);
    }

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        if (!_isCopied)
        {
            _isCopied = _arguments.TryCopy(call.Request);
            call.Context.Spend(WorkUnits.ForBytes(1 << 20));
            if (!_isCopied || call.Context.ShouldPause())
            {
                return false;
            }
        }

        try
        {
            if (!_isDone && !Step(call))
            {
                return _isDone;
            }

            Hold(_argumentBytes + _reply.Capacity);
        }
        catch
        {
            End();
            throw;
        }

        return TryAnswer(call);
    }

    /// <summary>The client is gone. What has been written must not stay a half.</summary>
    public override void Release()
    {
        if (!_isOver && _keys.IsKept && !KeptKeys.IsReading(_command))
        {
            long bytes = _heldBytes;
            Hold(0);
            _context.Leftovers.Leave(new WideLeftover(this, bytes));
            return;
        }

        End();
    }

    /// <summary>Goes on without its client.</summary>
    /// <returns>True when it is done.</returns>
    public bool GoOnAlone(CommandContext context)
    {
        ClientConnection other = context.Client;
        context.Client = _client;
        int start = context.Output.Length;
        try
        {
            _keys.BeginStep(context.Now);
            try
            {
                DoPiece(new RespCall(_arguments.All, _connection, context));
            }
            finally
            {
                _keys.EndStep();
            }
        }
        catch
        {
            End();
            throw;
        }
        finally
        {
            context.Client = other;
            context.Output.Truncate(start);
        }

        if (_isDone)
        {
            End();
        }

        return _isDone;
    }

    /// <summary>Gives everything back.</summary>
    public void End()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _keys.Release();
        _arguments.Free();
        _reply.Dispose();
        Hold(0);
    }

    // What waits between turns is the connection's.
    private void Hold(long bytes)
    {
        _client.Hold(bytes - _heldBytes);
        _heldBytes = bytes;
    }

    // True when all is done.
    private bool Step(in RespCall call)
    {
        bool isFirst = !_hasBegun;
        if (isFirst)
        {
            ClaimState state = _keys.BeginFirst(call.Client, call.Now);
            if (state != ClaimState.Free)
            {
                return IsRefused(call, state);
            }

            _hasBegun = true;
            _now = call.Now;
        }
        else
        {
            _keys.BeginStep(call.Now);
        }

        try
        {
            do
            {
                DoPiece(call);
            }
            while (!_isDone && !call.Context.ShouldPause());
        }
        finally
        {
            if (isFirst)
            {
                _keys.EndFirst(_isDone, call.Now);
            }
            else
            {
                _keys.EndStep();
            }
        }

        if (_isDone)
        {
            // Before it is answered, which may take as long as the peer likes.
            _keys.Release();
        }

        return _isDone;
    }

    // Another one keeps the key: the call waits for it in front of its first piece.
    private bool IsRefused(in RespCall call, ClaimState state)
    {
        if (state == ClaimState.Busy)
        {
            call.Error(KeptKeys.Busy);
            _isDone = true;
            End();
        }

        return false;
    }

    private void DoPiece(in RespCall whole)
    {
        CommandContext context = whole.Context;
        ItemKey key = whole.Key(1);
        Shard shard = whole.Shard(key);
        if (_exists && !shard.TryPeekAttributes(key, _now, out _))
        {
            // Its time is over, or it made way: then the whole call comes behind that.
            Restart();
        }

        long now = context.Now;
        ToldEvents? told = context.Told;
        ProtocolStats stats = whole.Stats;
        (long gets, long hits, long misses) = (stats.CmdGet, stats.GetHits, stats.GetMisses);
        int first = _next;
        int start = context.Output.Length;
        context.Now = _now;
        context.Told = _told;
        try
        {
            _command.Execute(new RespCall(_arguments.Piece(ref _next), whole.Connection, context));
        }
        finally
        {
            context.Now = now;
            context.Told = told;
        }

        if (first != _form.First)
        {
            // The call is one read.
            (stats.CmdGet, stats.GetHits, stats.GetMisses) = (gets, hits, misses);
        }

        // Each takes a microsecond or two; commands count less, since they are bounded by their arguments.
        context.Spend(_next - first);
        Take(context.Output.Written[start..]);
        context.Output.Truncate(start);
        _exists = shard.TryPeekAttributes(key, _now, out _);
        _isDone = _hasFailed || _next >= _arguments.Count;
    }

    private void Restart()
    {
        _next = _form.First;
        _sum = 0;
        _reply.Clear();
        _told.Clear();
    }

    private void Take(ReadOnlySpan<byte> answer)
    {
        if (answer is [(byte)'-', ..])
        {
            _hasFailed = true;
            _reply.Clear();
            _reply.Write(answer);
        }
        else if (_form.Reply == WideReply.Sum && RespNumbers.TryInt64(answer[1..^2], out long number))
        {
            _sum += number;
        }
        else if (_form.Reply == WideReply.Array)
        {
            _reply.Write(answer[(answer.IndexOf((byte)'\n') + 1)..]);
        }
        else
        {
            _reply.Clear();
            _reply.Write(answer);
        }
    }

    // As the peer reads it.
    private bool TryAnswer(in RespCall call)
    {
        if (_sent == 0 && !_hasFailed)
        {
            if (_reply.Overflowed)
            {
                call.Error(RespErrors.TooManyElements);
                return true;
            }

            if (_form.Reply == WideReply.Sum)
            {
                call.Output.WriteInteger(_sum);
            }
            else if (_form.Reply == WideReply.Array)
            {
                call.Output.WriteArray((_arguments.Count - _form.First) / _form.Step);
            }
        }

        // Others who wait for the key come first.
        call.Context.Spend(WorkUnits.WholeTurn);
        int size = Math.Min(_reply.Length - _sent, call.Services.Limits.OutputSoftBytes);
        call.Output.Write(_reply.Written.Slice(_sent, size));
        _sent += size;
        return _sent == _reply.Length || call.Output.Overflowed;
    }
}
