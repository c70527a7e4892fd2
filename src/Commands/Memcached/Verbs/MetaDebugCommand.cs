using SessionGateway.Commands.Memcached.Statistics;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>me: what is known of an item, for people (doc/protocol.txt, "Meta Debug"). It is no access.</summary>
internal sealed class MetaDebugCommand : ITextVerb
{
    private MetaDebugCommand()
    {
    }

    public static MetaDebugCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("me", CommandTraits.Reads) { Keys = VerbKeys.One };

    // me <key>
    // ME <key> exp=<seconds left, -1 = never> la=<seconds since> cas=<n> fetch=yes|no cls=<n> size=<n>
    // As in memcached further words mean nothing, but for "b": a key in base64, which is not there.
    public ReadStatus Run(ref TextCall call)
    {
        TextTokens words = call.Line.Words;
        ReadOnlySpan<byte> keyBytes = words.Next();
        if (keyBytes.Length is 0 or > MemcachedLimits.KeyBytes || words.Next().SequenceEqual("b"u8))
        {
            return call.Reader.Refuse(TextError.Format);
        }

        CommandContext context = call.Context;
        ItemKey key = context.Store.Key(0, keyBytes);
        using ShardScope scope = context.Enter(key);
        if (scope.Shard.TryPeekAttributes(key, context.Now, out ItemView item) && item.Type == ItemType.String)
        {
            Write(context.Output, keyBytes, item, context.Now);
        }
        else
        {
            context.Output.Write("EN\r\n"u8);
        }

        return ReadStatus.Done;
    }

    private static void Write(OutputBuffer output, ReadOnlySpan<byte> key, in ItemView item, long now)
    {
        output.Write("ME "u8);
        output.Write(key);
        output.Write(" exp="u8);
        output.WriteNumber(item.ExpiresAt == 0 ? -1 : (item.ExpiresAt - now) / 1000);
        output.Write(" la="u8);
        output.WriteNumber(Math.Max(0, (now - item.LastAccess) / 1000));
        output.Write(" cas="u8);
        output.WriteNumber(item.Cas);
        output.Write(item.WasRead ? " fetch=yes cls="u8 : " fetch=no cls="u8);
        output.WriteNumber(SizeClass.OfAll);
        output.Write(" size="u8);
        output.WriteNumber(ItemBytes.Of(key, item));
        output.Write("\r\n"u8);
    }
}
