using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>
/// The look of a request at the keys that scripts of RESP clients keep (<see cref="KeyClaims"/>). The protocol has no
/// word for it, so nobody is refused: a request waits for as long as RESP clients do, and goes on then.
/// </summary>
internal static class KeptItems
{
    /// <summary>Of a longer list the others are not looked at: it is no one moment anyway.</summary>
    public const int MostKeys = 32;

    /// <summary>Collects the hashes of the keys of a request of the text protocol.</summary>
    /// <returns>The part of the room that was used.</returns>
    public static Span<ulong> KeysOf(in TextLine line, VerbDescriptor verb, CommandContext context, Span<ulong> keys)
    {
        // A time that stands before the keys is a key of nobody.
        int count = 0;
        TextTokens words = line.Words;
        int most = verb.Keys == VerbKeys.One ? 1 : keys.Length;
        for (ReadOnlySpan<byte> key = words.Next(); count < most && !key.IsEmpty; key = words.Next())
        {
            keys[count++] = context.Store.Key(0, key).Hash;
        }

        return keys[..count];
    }

    /// <summary>Holds the shards of keys if they are all of the request's: what the first step of a script holds it
    /// either gives back or keeps from then on, and it stays so until the request is done.</summary>
    public static MultiShardScope Hold(ReadOnlySpan<ulong> keys, CommandContext context)
    {
        ulong shards = 0;
        foreach (ulong key in keys.Length < MostKeys ? keys : default)
        {
            shards |= 1UL << context.Store.ShardOf(key);
        }

        return context.Store.EnterMany(shards, context.Now);
    }

    /// <summary>Parks a request that has to wait; its shards are held.</summary>
    public static bool MustWait(ReadOnlySpan<ulong> keys, CommandTraits traits, CommandContext context)
    {
        KeyClaims claims = context.Services.Claims;
        bool isReading = !traits.HasFlag(CommandTraits.Writes);
        return claims.AreKept && claims.Look(keys, isReading, context.Client, context.Now) == ClaimState.Waits;
    }
}
