using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>stats: general, settings, items, slabs, sizes, conns, cachedump, reset.</summary>
internal static class StatsCommand
{
    // STAT <name> <value>\r\n ... END\r\n
    public static void Text(in TextRequest request, CommandContext context)
    {
        var words = new TextTokens(request.Keys);
        ReadOnlySpan<byte> group = words.Next();
        OutputBuffer output = context.Output;
        if (group.SequenceEqual("reset"u8))
        {
            StatsReport.Reset(context);
            output.Write("RESET\r\n"u8);
            return;
        }

        if (group.SequenceEqual("cachedump"u8))
        {
            CacheDump.Write(words, context);
            return;
        }

        IReadOnlyList<(string Name, string Value)>? report = StatsReport.Make(group, context);
        if (report is null)
        {
            output.Write(TextErrors.Error);
            return;
        }

        foreach ((string name, string value) in report)
        {
            output.WriteText($"STAT {name} {value}\r\n");
        }

        output.Write("END\r\n"u8);
    }

    // one response per statistic, key = name; an empty one ends the list
    public static void Binary(in BinaryRequest request, CommandContext context)
    {
        OutputBuffer output = context.Output;
        IReadOnlyList<(string Name, string Value)>? report = [];
        if (request.Key.SequenceEqual("reset"u8))
        {
            StatsReport.Reset(context);
        }
        else
        {
            report = StatsReport.Make(request.Key, context);
        }

        if (report is null)
        {
            BinaryResponseWriter.WriteError(output, request, BinaryStatus.KeyNotFound);
            return;
        }

        foreach ((string name, string value) in report)
        {
            byte[] key = Encoding.ASCII.GetBytes(name);
            byte[] text = Encoding.ASCII.GetBytes(value);
            BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.Success, 0, key.Length, text.Length, 0);
            output.Write(key);
            output.Write(text);
        }

        BinaryResponseWriter.WriteHeader(output, request, BinaryStatus.Success, 0, 0, 0, 0);
    }
}
