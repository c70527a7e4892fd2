using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>stats: general, settings, items, slabs, sizes, conns, cachedump, detail, reset.</summary>
internal static class StatsCommand
{
    // STAT <name> <value>\r\n ... END\r\n
    public static TextRest? Text(in TextRequest request, CommandContext context)
    {
        var words = new TextTokens(request.Keys);
        ReadOnlySpan<byte> group = words.Next();
        OutputBuffer output = context.Output;
        if (group.SequenceEqual("reset"u8))
        {
            StatsReport.Reset(context);
            output.Write("RESET\r\n"u8);
        }
        else if (group.SequenceEqual("detail"u8))
        {
            Detail(words.Next(), context);
        }
        else if (group.SequenceEqual("cachedump"u8))
        {
            return CacheDump.Begin(request.Size, words, context);
        }
        else if (group.SequenceEqual("sizes"u8) && context.Services.Memcached.TellsSizes)
        {
            return ItemWalk.Begin(request.Size, new SizeHistogram(), context);
        }
        else if (StatsReport.Make(group, isText: true, context) is { } report)
        {
            foreach ((string name, string value) in report)
            {
                output.WriteText($"STAT {name} {value}\r\n");
            }

            // memcached ends these two without a word.
            output.Write(group.StartsWith("sizes_"u8) ? default : "END\r\n"u8);
        }
        else
        {
            output.Write(TextErrors.Error);
        }

        return null;
    }

    // one response per statistic, key = name; an empty one ends the list
    public static void Binary(in BinaryRequest request, CommandContext context)
    {
        OutputBuffer output = context.Output;
        PrefixStats prefixes = context.Services.Memcached.Prefixes;
        ReadOnlySpan<byte> group = request.Key;
        if (group.StartsWith("reset"u8))
        {
            StatsReport.Reset(context);
        }
        else if (group.SequenceEqual("detail on"u8) || group.SequenceEqual("detail off"u8))
        {
            prefixes.IsOn = group.SequenceEqual("detail on"u8);
        }
        else if (group.SequenceEqual("detail dump"u8))
        {
            using var dump = new OutputBuffer(1024, PrefixStats.MaxPrefixes * 512);
            prefixes.Write(dump);
            WriteOne(output, request, "detailed"u8, dump.Written);
        }
        else if (StatsReport.Make(group, isText: false, context) is { } report)
        {
            foreach ((string name, string value) in report)
            {
                WriteOne(output, request, Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
            }

            if (group.StartsWith("sizes_"u8))
            {
                return;
            }
        }
        else
        {
            BinaryResponseWriter.WriteError(output, request, BinaryStatus.KeyNotFound);
            return;
        }

        BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.Success, 0, 0, 0, 0);
    }

    private static void Detail(ReadOnlySpan<byte> word, CommandContext context)
    {
        PrefixStats prefixes = context.Services.Memcached.Prefixes;
        if (word.SequenceEqual("dump"u8))
        {
            prefixes.Write(context.Output);
        }
        else if (word.SequenceEqual("on"u8) || word.SequenceEqual("off"u8))
        {
            prefixes.IsOn = word.SequenceEqual("on"u8);
            context.Output.Write("OK\r\n"u8);
        }
        else
        {
            context.Output.Write("CLIENT_ERROR usage: stats detail on|off|dump\r\n"u8);
        }
    }

    private static void WriteOne(
        OutputBuffer output, in BinaryRequest request, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.Success, 0, name.Length, value.Length, 0);
        output.Write(name);
        output.Write(value);
    }
}
