using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// <c>lru_crawler metadump &lt;class,…|all|hash&gt;</c>, with which memcached-tool lists keys (doc/protocol.txt, "LRU_Crawler"). There is
/// no crawler: the other subcommands are not known.
/// </summary>
internal sealed class MetaDump : ItemWalkVisitor
{
    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    /// <summary>Answers <c>lru_crawler</c>.</summary>
    /// <param name="size">Bytes of the request.</param>
    /// <param name="words">The words behind the verb.</param>
    /// <param name="context">Where the answer goes.</param>
    /// <returns>What is left when the turn is over.</returns>
    public static TextRest? Begin(int size, TextTokens words, CommandContext context)
    {
        ReadOnlySpan<byte> subcommand = words.Next();
        ReadOnlySpan<byte> classes = words.Next();
        if (!subcommand.SequenceEqual("metadump"u8) || classes.IsEmpty || !words.Next().IsEmpty)
        {
            context.Output.Write(TextErrors.Error);
            return null;
        }

        if (!TryClasses(classes, out bool holdsItems))
        {
            context.Output.Write("BADCLASS invalid class id\r\n"u8);
            return null;
        }

        if (!holdsItems)
        {
            context.Output.Write("END\r\n"u8);
            return null;
        }

        return ItemWalk.Begin(size, new MetaDump(), context);
    }

    // key=<escaped> exp=<Unix time, -1 = never> la=<Unix time> cas=<n> fetch=yes|no cls=<n> size=<n>\n ... END\r\n
    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
    {
        Output.Write("key="u8);
        WriteEscaped(key);
        Output.Write(" exp="u8);
        if (item.ExpiresAt == 0)
        {
            Output.Write("-1"u8);
        }
        else
        {
            Output.WriteNumber((ulong)(item.ExpiresAt / 1000));
        }

        Output.Write(" la="u8);
        Output.WriteNumber((ulong)(item.LastAccess / 1000));
        Output.Write(" cas="u8);
        Output.WriteNumber(item.Cas);
        Output.Write(item.WasRead ? " fetch=yes cls="u8 : " fetch=no cls="u8);
        Output.WriteNumber(SizeClass.OfAll);
        Output.Write(" size="u8);
        Output.WriteNumber((ulong)ItemBytes.Of(key, item));
        Output.Write("\n"u8);
    }

    private static bool TryClasses(ReadOnlySpan<byte> words, out bool holdsItems)
    {
        holdsItems = words.SequenceEqual("all"u8) || words.SequenceEqual("hash"u8);
        if (holdsItems)
        {
            return true;
        }

        foreach (Range range in words.Split((byte)','))
        {
            if (!TextNumbers.TryUInt32(words[range], out uint number) || number is 0 or > SizeClass.Last)
            {
                return false;
            }

            holdsItems |= number == SizeClass.OfAll;
        }

        return true;
    }

    // util.c, uriencode: everything but letters, digits and -._~
    private void WriteEscaped(ReadOnlySpan<byte> key)
    {
        Span<byte> span = Output.GetSpan(key.Length * 3);
        int at = 0;
        foreach (byte b in key)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                span[at++] = b;
            }
            else
            {
                span[at++] = (byte)'%';
                span[at++] = HexDigits[b >> 4];
                span[at++] = HexDigits[b & 15];
            }
        }

        Output.Advance(at);
    }
}
