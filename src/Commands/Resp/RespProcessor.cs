using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>Reads and executes RESP requests of one connection.</summary>
public sealed class RespProcessor : ProtocolProcessor
{
    private readonly RespConnection _connection = new();
    private RespReader _reader;

    /// <inheritdoc/>
    public override bool IsPaused => _connection.Paused is not null;

    /// <inheritdoc/>
    public override int Process(ReadOnlySpan<byte> input, CommandContext context)
    {
        int consumed = 0;
        int maxBulkBytes = context.Services.Limits.MaxBulkBytes;
        while (consumed < input.Length)
        {
            RespLimits limits = RespLimits.Default(maxBulkBytes, context.Client.IsAuthenticated);
            RespReadStatus status =
                _reader.Read(input[consumed..], context.Resp, limits, out RespRequest request, out int size);
            if (status == RespReadStatus.NeedMoreData)
            {
                context.NeedBytes = _reader.NeedBytes;
                return consumed;
            }

            if (status == RespReadStatus.Fatal)
            {
                context.Stats.Resp.ErrorReplies++;
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
                if (_connection.Paused is not null)
                {
                    _reader.Unread(input[consumed..], request, size);
                    break;
                }

                consumed += size;
                _reader.Release();
                if (context.TurnIsOver())
                {
                    break;
                }
            }
            else
            {
                consumed += size;
            }
        }

        return consumed;
    }

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => client.LastCommand;

    /// <inheritdoc/>
    public override void OnClosed(CommandContext context)
    {
        _connection.DropPaused();
        if (_connection.Subscriptions is { } subscriptions)
        {
            subscriptions.Forget(context.Client, context.Services.Resp.PubSub);
            _connection.Subscriptions = null;
        }

        if (_connection.Transaction is { } transaction)
        {
            transaction.Unwatch(context.Client, context.Store, context.Now);
            transaction.ClearQueue(context.Client);
        }
    }

    private static void Run(in RespCall call, int size)
    {
        if (call.Connection.Paused is not null)
        {
            CheckedRun.GoOn(call);
            return;
        }

        call.Stats.Commands++;
        RespCommand? command = CommandTable.All.Find(call[0]);
        if (command is not null && command.Subcommands.Length > 0 && call.Count > 1)
        {
            command = CommandTable.FindSub(command, call[1]);
        }

        int count = call.Count;
        bool runs = command is not null && (command.Arity == count || count >= -command.Arity && command.Arity < 0);
        if (runs && call.Connection.IsPlain && call.Client.IsAuthenticated && size <= ItemStore.MaxKeyBytes)
        {
            call.Client.LastCommand = command!.Name;
            command.Execute(call);
            return;
        }

        CheckedRun.Run(call, command);
    }
}
