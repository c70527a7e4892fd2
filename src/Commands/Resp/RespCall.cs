using System.Runtime.CompilerServices;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>One call of a command: the request, the connection it came on and what it works with.</summary>
internal readonly ref struct RespCall
{
    public RespCall(RespRequest request, RespConnection connection, CommandContext context)
    {
        Request = request;
        Connection = connection;
        Context = context;
    }

    public RespRequest Request { get; }

    public RespConnection Connection { get; }

    public CommandContext Context { get; }

    /// <summary>Number of arguments with the name.</summary>
    public int Count => Request.Count;

    /// <summary>An argument; 0 is the name.</summary>
    public ReadOnlySpan<byte> this[int index] => Request[index];

    public ClientConnection Client => Context.Client;

    public CommandServices Services => Context.Services;

    public OutputBuffer Output => Context.Output;

    public ItemStore Store => Context.Store;

    public ProtocolStats Stats => Context.Stats.Resp;

    /// <summary>Unix milliseconds.</summary>
    public long Now => Context.Now;

    /// <summary>2 or 3.</summary>
    public int Version => Context.Client.RespVersion;

    /// <summary>The key in an argument, in the selected database.</summary>
    public ItemKey Key(int index) => Store.Key(Client.Database, Request[index]);

    /// <summary>The shards of the keys in a range of arguments, as a bit set.</summary>
    public ulong ShardsOf(int first, int last, int step)
    {
        ulong shards = 0;
        for (int i = first; i <= last && i < Count; i += step)
        {
            shards |= 1UL << Store.ShardOf(Key(i));
        }

        return shards;
    }

    /// <summary>The shard of a key whose lock is held already.</summary>
    public Shard Shard(in ItemKey key) => Store.Shards[Store.ShardOf(key)];

    /// <summary>True when an argument is the word, whatever its case.</summary>
    public bool Is(int index, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(Request[index], word);

    /// <summary>Writes the null of a value.</summary>
    public void WriteNull() => Output.WriteNull(Version);

    /// <summary>Writes an error line, given with its <c>-</c> and line end.</summary>
    public void Error(ReadOnlySpan<byte> line)
    {
        Stats.ErrorReplies++;
        Output.Write(line);
    }

    /// <summary>
    /// Writes an error built from text, given without <c>-</c>; what came from the peer is one char a byte.
    /// </summary>
    public void Error(string text)
    {
        Stats.ErrorReplies++;
        RespErrors.Write(Output, text);
    }

    /// <summary>Reads an argument as a 64-bit number, or writes the error.</summary>
    public bool TryInteger(int index, out long value)
    {
        if (RespNumbers.TryInt64(Request[index], out value))
        {
            return true;
        }

        Error(RespErrors.NotAnInteger);
        return false;
    }

    /// <summary>Writes an item, or the error when memory does not allow it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPut(
        Shard shard, in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, uint flags, long expiresAt,
        StringForm form = StringForm.Whole, int zeros = 0)
    {
        // An expiry that has passed already (SET EXAT) leaves nothing behind.
        if (expiresAt != 0 && expiresAt <= Now)
        {
            if (!shard.Remove(key, RemoveReason.Deleted, Now))
            {
                shard.Watches.Touch(key);
            }

            return true;
        }

        long length = head.Length + (long)zeros + tail.Length;
        if (length > WorkUnits.BytesPerUnit)
        {
            Context.Spend(WorkUnits.ForBytes(length));
        }

        ProtocolStats stats = Stats;
        stats.CmdSet++;
        var attributes = new ItemAttributes(flags, expiresAt, Form: form);
        if (shard.Put(key, head, zeros, tail, attributes, Now, out _) == StoreStatus.Stored)
        {
            stats.TotalItems++;
            return true;
        }

        Error(RespErrors.OutOfMemory);
        return false;
    }

    /// <summary>
    /// Writes what was pushed to the connection so far, even when answers are not wanted. Not between the answers of
    /// EXEC: it would break the array; then it waits for the end.
    /// </summary>
    public void TakePushes()
    {
        if (!Connection.RunsQueue)
        {
            Connection.Settle(Output);
            Client.TakePushes();
            Connection.SettlePush(Output);
        }
    }

    /// <summary>Looks for a string, or writes the error when the key holds something else.</summary>
    /// <param name="shard">The shard, entered.</param>
    /// <param name="key">The key.</param>
    /// <param name="item">The item, when there is one.</param>
    /// <param name="exists">There is one.</param>
    /// <param name="isAccess">Counts as an access.</param>
    /// <returns>False when the error was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryString(Shard shard, scoped in ItemKey key, out ItemView item, out bool exists, bool isAccess = true)
    {
        Lookup found = shard.Find(key, ItemType.String, Now, out item, isAccess);
        exists = found == Lookup.Found;
        if (found != Lookup.WrongType)
        {
            return true;
        }

        Error(RespErrors.WrongType);
        return false;
    }

    /// <summary>Counts a read.</summary>
    public void CountRead(bool hit)
    {
        ProtocolStats stats = Stats;
        stats.CmdGet++;
        if (hit)
        {
            stats.GetHits++;
        }
        else
        {
            stats.GetMisses++;
        }
    }
}
