using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>The memcached binary protocol of one connection.</summary>
public sealed class MemcachedBinaryProcessor : ProtocolProcessor
{
    private const byte RequestMagic = 0x80;

    // A name and a password of 1 KB each; nobody has longer ones.
    private const int StrangerBodyBytes = 2048;

    private long _swallow;
    private BinaryOpcode _opcode;

    /// <inheritdoc/>
    public override int Process(ReadOnlySpan<byte> input, CommandContext context)
    {
        int consumed = 0;
        while (consumed < input.Length)
        {
            ReadOnlySpan<byte> rest = input[consumed..];
            if (_swallow > 0)
            {
                int skipped = (int)Math.Min(_swallow, rest.Length);
                _swallow -= skipped;
                consumed += skipped;
                continue;
            }

            int size = One(rest, context);
            consumed += size;
            if (size == 0 || context.TurnIsOver())
            {
                break;
            }
        }

        return consumed;
    }

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => $"binary {_opcode}".ToLowerInvariant();

    private int One(ReadOnlySpan<byte> input, CommandContext context)
    {
        // A byte that is not the magic cannot be answered: nothing says where the next request starts.
        if (input[0] != RequestMagic)
        {
            context.Client.CloseAfterReply = true;
            return 0;
        }

        if (!BinaryRequestReader.TryReadHeader(input, out BinaryRequest request))
        {
            context.NeedBytes = BinaryRequest.HeaderBytes;
            return 0;
        }

        _opcode = request.Opcode;
        if (Refuses(input, request, context, out int stepOver))
        {
            return stepOver;
        }

        int size = BinaryRequest.HeaderBytes + (int)request.BodyLength;
        if (input.Length < size)
        {
            context.NeedBytes = size;
            return 0;
        }

        BinaryRequestReader.ReadBody(input, ref request);
        context.Stats.Memcached.Commands++;
        BinaryTable.Execute(request, context);
        return size;
    }

    /// <summary>Decides from the header alone what needs no body: lies, missing login, unknown opcodes, oversized values.</summary>
    private bool Refuses(ReadOnlySpan<byte> input, in BinaryRequest request, CommandContext context, out int stepOver)
    {
        stepOver = BinaryRequest.HeaderBytes;
        if (request.ValueLength < 0)
        {
            return Fatal(request, BinaryStatus.UnknownCommand, context);
        }

        bool isSasl = request.Opcode is BinaryOpcode.SaslListMechs or BinaryOpcode.SaslAuth or BinaryOpcode.SaslStep;
        bool isForStrangers = (isSasl || request.Opcode == BinaryOpcode.Version) && request.BodyLength <= StrangerBodyBytes;
        if (!context.Client.IsAuthenticated && !isForStrangers)
        {
            return Fatal(request, BinaryStatus.AuthError, context);
        }

        if (request.KeyLength > TextRequestReader.MaxKeyBytes)
        {
            return Fatal(request, BinaryStatus.InvalidArguments, context);
        }

        BinaryShape shape = BinaryTable.ShapeOf(request.Opcode);
        if (shape == BinaryShape.Unknown)
        {
            return Skip(request, BinaryStatus.UnknownCommand, context);
        }

        if (!BinaryTable.Fits(shape, request))
        {
            return Fatal(request, BinaryStatus.InvalidArguments, context);
        }

        return request.ValueLength > context.Services.Limits.MaxValueBytes
            && RefuseTooLarge(input, request, context, out stepOver);
    }

    // The key is needed to end the old value of a refused set, so the answer waits for the bytes before the value.
    private bool RefuseTooLarge(ReadOnlySpan<byte> input, in BinaryRequest request, CommandContext context, out int stepOver)
    {
        int keyStart = BinaryRequest.HeaderBytes + request.ExtrasLength;
        stepOver = keyStart + request.KeyLength;
        if (input.Length < stepOver)
        {
            context.NeedBytes = stepOver;
            stepOver = 0;
            return true;
        }

        if (request.Opcode is BinaryOpcode.Set or BinaryOpcode.SetQ)
        {
            StoreCommand.RemoveStale(context, input[keyStart..stepOver]);
        }

        BinaryResponseWriter.WriteError(context.Output, request, BinaryStatus.TooLarge);
        _swallow = request.ValueLength;
        return true;
    }

    private bool Skip(in BinaryRequest request, BinaryStatus status, CommandContext context)
    {
        BinaryResponseWriter.WriteError(context.Output, request, status);
        _swallow = request.BodyLength;
        return true;
    }

    private static bool Fatal(in BinaryRequest request, BinaryStatus status, CommandContext context)
    {
        BinaryResponseWriter.WriteError(context.Output, request, status);
        context.Client.CloseAfterReply = true;
        return true;
    }
}
