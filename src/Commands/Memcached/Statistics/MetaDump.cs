using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// What <c>lru_crawler metadump</c> tells of each item (crawler.c, crawler_metadump_eval).
/// </summary>
internal sealed class MetaDump : ItemWalkVisitor
{
    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

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
