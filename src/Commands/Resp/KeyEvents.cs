using System.Runtime.CompilerServices;
using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// Keyspace notifications: messages about what happens to keys (redis 7 notify.c). Told under the lock of the key's
/// shard, so that
/// those of one key are in order. Expired and evicted items are told by the store, whoever wrote them.
/// </summary>
internal sealed class KeyEvents(PubSubHub hub) : IEndListener
{
    private volatile KeyEventClasses _wanted;

    /// <summary>What is to be told, as it was set.</summary>
    public KeyEventClasses Chosen { get; private set; }

    /// <summary>True when somebody may want to hear of a class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Tells(KeyEventClasses kind) => (_wanted & kind) != 0;

    /// <summary>Chooses what is to be told from now on. Nothing goes anywhere without one of the two kinds of
    /// channels.</summary>
    public void Choose(KeyEventClasses classes, ItemStore store)
    {
        Chosen = classes;
        bool goesAnywhere = (classes & (KeyEventClasses.Keyspace | KeyEventClasses.KeyEvent)) != 0;
        _wanted = goesAnywhere ? classes : KeyEventClasses.None;
        store.Ends = Tells(KeyEventClasses.Expired | KeyEventClasses.Evicted | KeyEventClasses.Hash
            | KeyEventClasses.Generic) ? this : null;
    }

    /// <summary>Tells of an event of a class that is wanted.</summary>
    /// <returns>Steps of comparing with patterns.</returns>
    public long Tell(ReadOnlySpan<byte> name, in ItemKey key)
    {
        if (hub.IsSilent)
        {
            return 0;
        }

        long steps = 0;
        Span<byte> channel = stackalloc byte[GlobPattern.MaxBytes];
        if (Tells(KeyEventClasses.Keyspace)
            && TryChannel(channel, "__keyspace@"u8, key.Database, key.Bytes, out int length))
        {
            hub.Publish(channel[..length], name, ref steps);
        }

        if (Tells(KeyEventClasses.KeyEvent)
            && TryChannel(channel, "__keyevent@"u8, key.Database, name, out length))
        {
            hub.Publish(channel[..length], key.Bytes, ref steps);
        }

        return steps;
    }

    /// <inheritdoc/>
    public void OnEnded(in ItemKey key, RemoveReason reason)
    {
        bool isExpired = reason == RemoveReason.Expired;
        if (Tells(isExpired ? KeyEventClasses.Expired : KeyEventClasses.Evicted))
        {
            Tell(isExpired ? "expired"u8 : "evicted"u8, key);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Redis 7.4 t_hash.c, propagateHashFieldDeletion and hashTypeActiveExpire.</remarks>
    public void OnFieldsEnded(in ItemKey key, bool isLast)
    {
        if (Tells(KeyEventClasses.Hash))
        {
            Tell("hexpired"u8, key);
        }

        if (isLast && Tells(KeyEventClasses.Generic))
        {
            Tell("del"u8, key);
        }
    }

    // <prefix><database>__:<name>; a channel longer than any that can be listened to has no listener.
    private static bool TryChannel(
        Span<byte> channel, ReadOnlySpan<byte> prefix, int database, ReadOnlySpan<byte> name, out int length)
    {
        prefix.CopyTo(channel);
        length = prefix.Length;
        database.TryFormat(channel[length..], out int digits);
        length += digits;
        "__:"u8.CopyTo(channel[length..]);
        length += 3;
        if (length + name.Length > channel.Length)
        {
            return false;
        }

        name.CopyTo(channel[length..]);
        length += name.Length;
        return true;
    }
}
