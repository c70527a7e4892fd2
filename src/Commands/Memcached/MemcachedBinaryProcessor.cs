using System.Runtime.CompilerServices;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>The memcached binary protocol of one connection.</summary>
public sealed class MemcachedBinaryProcessor : ProtocolProcessor
{
    // A name and a password of 1 KB each; nobody has longer ones.
    private const int StrangerBodyBytes = 2048;

    private BinaryRequestReader _reader;
    private BinaryOpcode _opcode;

    /// <inheritdoc/>
    public override string LastCommand(ClientConnection client) => $"binary {_opcode}".ToLowerInvariant();

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Greeting(CommandContext context, out int once)
    {
        once = 0;
        return MemcachedElsewhere.BinaryLogin(context);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override int Next(ReadOnlySpan<byte> input, CommandContext context)
    {
        _reader.MaxValueBytes = context.Services.Limits.MaxValueBytes;
        ReadStatus status = _reader.TryReadHeader(input, out BinaryRequest request, out int size);
        BinaryRow? row = null;
        if (status == ReadStatus.Done)
        {
            _opcode = request.Opcode;
            row = BinaryTable.Find(request.Opcode);
            if (context.Services.PrimaryElsewhere is not null && row is not null && context.Client.IsAuthenticated
                && MemcachedElsewhere.Takes(context, row.Traits))
            {
                return 0;
            }

            status = Check(request, row, context) switch
            {
                Refusal.None => _reader.TryReadBody(input, row?.Shape, ref request, out size),
                Refusal.Loading when context.Services.Loading is { TellsMemcached: true } =>
                    _reader.RefuseHeader(request, BinaryStatus.TemporaryFailure),
                Refusal.Loading or Refusal.Fenced => _reader.End(BinaryStatus.Success),
                _ => _reader.End(BinaryStatus.AuthError),
            };
        }

        switch (status)
        {
            case ReadStatus.Done when Gate.OfWrite(context.Services, context.Client, row!.Traits) != Refusal.None:
                BinaryResponseWriter.WriteError(context.Output, request, BinaryStatus.TemporaryFailure);
                return size;
            case ReadStatus.Done when context.Services.Claims.AreAny && !request.Key.IsEmpty:
                RunUnlessKept(request, row!, context);
                return size;
            case ReadStatus.Done:
                Run(request, row!, context);
                return size;
            case ReadStatus.NeedMoreData:
                context.NeedBytes = _reader.NeedBytes;
                return 0;
            default:
                return Refuse(status, request, row, size, context);
        }
    }

    private static void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        int start = context.Output.Length;
        long sets = context.Stats.Memcached.CmdSet;
        context.MustLookAgain = true;
        try
        {
            row.Verb.Run(request, row, context);
            context.Stats.Memcached.Commands++;
            return;
        }
        catch (KeptKeysException)
        {
            // A script began between the look at the scripts and the request's own lock. Nothing is done.
            context.Output.Truncate(start);
            context.Stats.Memcached.CmdSet = sets;
        }
        finally
        {
            context.MustLookAgain = false;
        }

        RunUnlessKept(request, row, context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunUnlessKept(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        ReadOnlySpan<ulong> keys = [context.Store.Key(0, request.Key).Hash];
        using MultiShardScope scope = KeptItems.Hold(keys, context);
        if (!KeptItems.MustWait(keys, row.Traits, context))
        {
            context.Stats.Memcached.Commands++;
            row.Verb.Run(request, row, context);
        }
    }

    // A stranger's request must be short, too.
    private static Refusal Check(in BinaryRequest request, BinaryRow? row, CommandContext context) =>
        context.Client.IsAuthenticated || request.BodyLength <= StrangerBodyBytes
            ? Gate.Check(context.Services, context.Client, row?.Traits ?? CommandTraits.AnyTime)
            : Refusal.LoginNeeded;

    private int Refuse(ReadStatus status, in BinaryRequest request, BinaryRow? row, int size, CommandContext context)
    {
        if (_reader.Error == BinaryStatus.TooLarge)
        {
            row!.Verb.OnTooLarge(request.Key, context);
        }

        if (_reader.Error != BinaryStatus.Success)
        {
            BinaryResponseWriter.WriteError(context.Output, request, _reader.Error);
        }

        context.Client.CloseAfterReply |= status == ReadStatus.Fatal;
        Swallow = _reader.Swallow;
        return status == ReadStatus.Fatal ? 0 : size;
    }
}
