using System.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>stats: general, settings, items, slabs, sizes, conns, cachedump, detail, reset.</summary>
internal sealed class StatsCommand : ITextVerb, IBinaryVerb
{
    private StatsCommand()
    {
    }

    public static StatsCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("stats", CommandTraits.Reads | CommandTraits.AnyTime)
    {
        Shape = BinaryShape.Stat,
    };

    // STAT <name> <value>\r\n ... END\r\n
    public ReadStatus Run(ref TextCall call)
    {
        CommandContext context = call.Context;
        OutputBuffer output = context.Output;
        TextTokens words = call.Line.Words;
        ReadOnlySpan<byte> group = words.Next();
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
            call.Rest = CacheDump.Begin(call.Size, words, context);
        }
        else if (group.SequenceEqual("sizes"u8) && context.Services.Memcached.TellsSizes)
        {
            call.Rest = ItemWalk.Begin(call.Size, new SizeHistogram(), context);
        }
        else if (StatsReport.Make(group, isText: true, context) is { } report)
        {
            foreach ((string name, string value) in report)
            {
                TextResponseWriter.WriteStat(output, name, value);
            }

            // memcached ends these two without a word.
            output.Write(group.StartsWith("sizes_"u8) ? default : "END\r\n"u8);
        }
        else
        {
            output.Write(TextErrors.Error);
        }

        return ReadStatus.Done;
    }

    // one response per statistic, key = name; an empty one ends the list
    public void Run(in BinaryRequest request, BinaryRow row, CommandContext context)
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
            BinaryResponseWriter.WritePair(output, request, "detailed"u8, dump.Written);
        }
        else if (StatsReport.Make(group, isText: false, context) is { } report)
        {
            foreach ((string name, string value) in report)
            {
                BinaryResponseWriter.WritePair(
                    output, request, Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
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

        BinaryResponseWriter.WriteDone(output, request);
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
}
