using System.Runtime.CompilerServices;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>Reads and executes RESP requests of one connection.</summary>
public sealed class RespProcessor : ProtocolProcessor
{
    private readonly RespConversation _connection = new();
    private RespReader _reader;

    /// <inheritdoc/>
    public override bool IsPaused => _connection.Paused is { HasBegunAnswer: true };

    /// <inheritdoc/>
    public override int HeldBytes => _reader.HeldBytes;

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => client.LastCommand;

    /// <inheritdoc/>
    public override bool IsBound => _connection.Transaction is not null || _connection.Subscriptions is not null;

    /// <inheritdoc/>
    public override bool IsBlocked => _connection.Paused is not PostponedRequest;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Greeting(CommandContext context, out int once) =>
        RespGreetings.Of(context, _connection, out once);

    /// <inheritdoc/>
    public override void OnClosed(CommandContext context)
    {
        _connection.DropPaused();
        _reader.Release();
        if (_connection.Subscriptions is { } subscriptions)
        {
            subscriptions.Forget(context);
            _connection.Subscriptions = null;
        }

        Monitors.Leave(context.Services, _connection, context.Client);
        if (_connection.Transaction is { } transaction)
        {
            transaction.Unwatch(context);
            transaction.ClearQueue(context.Client);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override int Next(ReadOnlySpan<byte> input, CommandContext context)
    {
        var limits = RespLimits.Default(context.Services.Limits.MaxBulkBytes, context.Client.IsAuthenticated);
        ReadStatus status = _reader.TryRead(input, context.Resp, limits, out RespRequest request, out int size);
        if (status == ReadStatus.NeedMoreData)
        {
            context.NeedBytes = _reader.NeedBytes;
            return 0;
        }

        if (status == ReadStatus.Fatal)
        {
            context.Stats.Resp.ErrorReplies++;
            context.Services.Resp.Errors.Count(_reader.Error.AsSpan(1));
            if (!_connection.MutesNext)
            {
                context.Output.Write(_reader.Error);
            }

            context.Client.CloseAfterReply = true;
            return input.Length;
        }

        if (request.Count > 0)
        {
            Run(new RespCall(request, _connection, context), size);
            if (_connection.Paused is not null || context.Client.IsForwarded)
            {
                _reader.Unread(input, request, size);
                return 0;
            }

            _reader.Release();
        }

        return size;
    }

    private static void Run(in RespCall call, int size)
    {
        if (call.Connection.Paused is not null)
        {
            WatchedRun.GoOn(call);
            if (call.Connection.Paused is not null)
            {
                return;
            }

            if (!call.Connection.TakePostponed())
            {
                WatchedRun.EndPaused(call);
                return;
            }

            call.Connection.Cost = null;
        }
        else
        {
            call.Stats.Commands++;
        }

        RespCommand? command = CommandTable.All.Find(call[0]);
        if (command is not null && command.Subcommands.Length > 0 && call.Count > 1)
        {
            command = CommandTable.FindSub(command, call[1]);
        }

        bool isElsewhere = call.Services.PrimaryElsewhere is not null;
        if (isElsewhere && Elsewhere.Takes(call, command))
        {
            return;
        }

        int count = call.Count;
        bool runs = command is not null && (command.Arity == count || count >= -command.Arity && command.Arity < 0);
        if (runs && !isElsewhere && Gate.Check(call.Services, call.Client, command!.Traits) == Refusal.None
            && call.Connection.IsPlain
            && Gate.OfWrite(call.Services, call.Client, command.Traits) == Refusal.None
            && size <= ItemStore.MaxKeyBytes && !call.Services.Claims.AreAny && !call.Services.Resp.Pause.IsOn)
        {
            call.Client.LastCommand = command.Name;
            if (UncheckedRun.TryExecute(call, command))
            {
                return;
            }
        }

        CheckedRun.Run(call, command);
    }
}
