using System.Runtime.CompilerServices;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>One call of a command: the request, the connection it came on and what it works with.</summary>
internal readonly ref struct RespCall
{
    public RespCall(RespRequest request, RespConversation connection, CommandContext context)
    {
        Request = request;
        Connection = connection;
        Context = context;
    }

    public RespRequest Request { get; }

    public RespConversation Connection { get; }

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

    /// <summary>Unix milliseconds that spans of time are counted from.</summary>
    public long Clock => Context.Now + Context.NowIsBehind;

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

    /// <summary>
    /// Writes a value that the shard, entered once, has shown, as the last step of the command: the look is over.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteValue(Shard shard, ReadOnlySpan<byte> value)
    {
        // What may be taken back later (muted answers, EXEC, scripts) is copied.
        if (LargeValue.Is(value) && Connection.IsPlain && !Context.IsAtomicStep)
        {
            Output.WriteBulkLength(value.Length);
            LargeValue.Write(Context, shard, value, "\r\n"u8);
        }
        else
        {
            Output.WriteBulk(value);
        }
    }

    /// <summary>Writes an error line, given with its <c>-</c> and line end.</summary>
    public void Error(ReadOnlySpan<byte> line)
    {
        CountError(line[1..]);
        Output.Write(line);
    }

    /// <summary>
    /// Writes an error built from text, given without <c>-</c>; what came from the peer is one char a byte.
    /// </summary>
    public void Error(string text)
    {
        Span<byte> head = stackalloc byte[64];
        int length = System.Text.Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(text.Length, head.Length)), head);
        CountError(head[..length]);
        RespErrors.Write(Output, text);
    }

    /// <summary>Counts an error that is answered, given without <c>-</c>.</summary>
    public void CountError(ReadOnlySpan<byte> line)
    {
        Stats.ErrorReplies++;
        Context.WasErrorOfMemory = line.StartsWith("OOM "u8);
        Services.Resp.Errors.Count(line);
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

    /// <summary>Reads an argument as the number of a database, or writes the error.</summary>
    public bool TryDatabase(int index, out int database)
    {
        database = 0;
        if (!TryInteger(index, out long number))
        {
            return false;
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            Error("-ERR value is out of range, value must between -2147483648 and 2147483647\r\n"u8);
            return false;
        }

        if (number is < 0 or >= ItemStore.DatabaseCount)
        {
            Error("-ERR DB index is out of range\r\n"u8);
            return false;
        }

        database = (int)number;
        return true;
    }

    /// <summary>Tells who wants to know what happened to a key; within the lock of its shard.</summary>
    /// <param name="kind">Class of the event.</param>
    /// <param name="name">Its name.</param>
    /// <param name="key">The key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Notify(KeyEventClasses kind, ReadOnlySpan<byte> name, in ItemKey key)
    {
        if (Services.Resp.Events.Tells(kind))
        {
            Tell(name, key);
        }
    }

    /// <summary>Writes a string, tells of it, or writes the error when memory does not allow it.</summary>
    /// <param name="shard">The key's shard, entered.</param>
    /// <param name="key">The key.</param>
    /// <param name="head">First part of the value.</param>
    /// <param name="tail">Second part of the value.</param>
    /// <param name="flags">memcached client flags.</param>
    /// <param name="expiresAt">Unix milliseconds, 0 = never.</param>
    /// <param name="form">How the string came about.</param>
    /// <param name="zeros">Zero bytes between the parts.</param>
    /// <param name="eventName">Name of the event, <c>set</c> without one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPut(
        Shard shard, in ItemKey key, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, uint flags, long expiresAt,
        StringForm form = StringForm.Whole, int zeros = 0, ReadOnlySpan<byte> eventName = default)
    {
        if (Services.Resp.Events.Tells(KeyEventClasses.New))
        {
            NotifyIfNew(shard, key);
        }

        // An expiry that has passed already (SET EXAT) leaves nothing behind.
        if (expiresAt != 0 && expiresAt <= Now)
        {
            PutExpired(shard, key);
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
            Notify(KeyEventClasses.String, eventName.IsEmpty ? "set"u8 : eventName, key);
            return true;
        }

        Error(RespErrors.OutOfMemory);
        return false;
    }

    /// <summary>As <see cref="TryPut"/> for a command that gives the string a time to live: tells of that,
    /// too.</summary>
    public bool TryPutExpiring(
        Shard shard, in ItemKey key, ReadOnlySpan<byte> value, long expiresAt)
    {
        bool isDone = TryPut(shard, key, value, default, 0, expiresAt);
        if (isDone && expiresAt > Now)
        {
            Notify(KeyEventClasses.Generic, "expire"u8, key);
        }

        return isDone;
    }

    /// <summary>Tells of a key that is about to come into being; nothing of one that is there.</summary>
    public void NotifyIfNew(Shard shard, in ItemKey key)
    {
        if (Services.Resp.Events.Tells(KeyEventClasses.New) && !shard.TryPeekAttributes(key, Now, out _))
        {
            Tell("new"u8, key);
        }
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
        Lookup found = shard.Find(
            key, ItemType.String, Now, out item, isAccess && !Client.TouchesNothing);
        exists = found == Lookup.Found;
        if (found != Lookup.WrongType)
        {
            return true;
        }

        Error(RespErrors.WrongType);
        return false;
    }

    /// <summary>Name of the command as errors have it, also of one that a script sends.</summary>
    public string CommandName => CommandTable.All.Find(this[0])?.Name ?? "unknown";

    /// <summary>Counts a read, and tells of one that found nothing.</summary>
    public void CountRead(in ItemKey key, bool hit)
    {
        CountRead(hit);
        if (!hit)
        {
            Notify(KeyEventClasses.KeyMiss, "keymiss"u8, key);
        }
    }

    /// <summary>Counts a read that nobody is told of.</summary>
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(ReadOnlySpan<byte> name, in ItemKey key)
    {
        if (Context.Told is null || Context.Told.TryAdd(name))
        {
            Context.Spend(Services.Resp.Events.Tell(name, key) / WorkUnits.GlobStepsPerUnit);
        }
    }

    // As Redis, where the item is there for a moment.
    private void PutExpired(Shard shard, in ItemKey key)
    {
        if (!shard.Remove(key, RemoveReason.Deleted, Now))
        {
            shard.Watches.Touch(key);
        }

        Notify(KeyEventClasses.String, "set"u8, key);
        Notify(KeyEventClasses.Generic, "expire"u8, key);
        Notify(KeyEventClasses.Expired, "expired"u8, key);
    }
}
