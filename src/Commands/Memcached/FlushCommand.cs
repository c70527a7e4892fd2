using System.Buffers.Binary;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>flush_all: the memcached key space is database 0, at once or after a delay.</summary>
internal static class FlushCommand
{
    // flush_all [<delay>] [noreply]
    public static void Text(in TextRequest request, CommandContext context)
    {
        Apply(context, request.Exptime);
        if (!request.NoReply)
        {
            context.Output.Write("OK\r\n"u8);
        }
    }

    // extras: none or expiration 4
    public static void Binary(in BinaryRequest request, bool quiet, CommandContext context)
    {
        Apply(context, request.ExtrasLength == 4 ? BinaryPrimitives.ReadUInt32BigEndian(request.Extras) : 0);
        if (!quiet)
        {
            BinaryResponseWriter.WriteHeader(context.Output, request, BinaryStatus.Success, 0, 0, 0, 0);
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
