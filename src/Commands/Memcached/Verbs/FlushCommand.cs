using System.Buffers.Binary;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>flush_all: the memcached key space is database 0, at once or after a delay.</summary>
internal sealed class FlushCommand : ITextVerb, IBinaryVerb
{
    private FlushCommand()
    {
    }

    public static FlushCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("flush_all", CommandTraits.Writes)
    {
        TakesNoReply = true,
        Shape = BinaryShape.Flush,
    };

    // flush_all [<delay>] [noreply]
    public ReadStatus Run(ref TextCall call)
    {
        ReadStatus status = FlushLine.TryRead(ref call.Reader, call.Line, out FlushLine request);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        Apply(call.Context, request.Delay);
        if (!request.IsQuiet)
        {
            call.Context.Output.Write("OK\r\n"u8);
        }

        return ReadStatus.Done;
    }

    // extras: none or expiration 4
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
    {
        Apply(context, request.ExtrasLength == 4 ? BinaryPrimitives.ReadUInt32BigEndian(request.Extras) : 0);
        if (!row.IsQuiet)
        {
            BinaryResponseWriter.WriteDone(context.Output, request);
        }
    }

    private static void Apply(CommandContext context, long delay)
    {
        context.Stats.Memcached.CmdFlush++;
        context.Spend(WorkUnits.WholeTurn);
        long due = delay > 0 ? Exptime.ToExpiresAt(delay, context.Now) : 0;
        if (due > context.Now)
        {
            context.Store.ScheduleFlush(0, due);
        }
        else
        {
            context.Store.Flush(0);
        }
    }
}
