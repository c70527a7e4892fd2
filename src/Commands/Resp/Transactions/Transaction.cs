using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>The queue of MULTI and the list of WATCH of one connection.</summary>
internal sealed class Transaction
{
    // A place in two tables and an array, at most: tables have just grown.
    private const int BytesPerWatch = 192;

    private readonly CommandQueue _queue = new();

    // By their places.
    private Dictionary<byte[], WatchedKey>? _watched;
    private long _queueBytes;
    private long _watchBytes;
    private long _arguments;

    /// <summary>A command was refused while queueing: EXEC is refused, too.</summary>
    public bool IsSpoiled { get; set; }

    /// <summary>Ends MULTI and WATCH without running anything.</summary>
    public static void End(in RespCall call)
    {
        call.Connection.IsInTransaction = false;
        call.Client.QueuedCommands = -1;
        if (call.Connection.Transaction is { } ended)
        {
            ended.Unwatch(call.Context);
            ended.ClearQueue(call.Client);
            call.Connection.Transaction = null;
        }
    }

    /// <summary>Queues a command, or refuses what is more than a connection may hold. A spoiled queue keeps
    /// nothing.</summary>
    public void Queue(in RespCall call, RespCommand command)
    {
        // All of it runs at one moment, and nobody else meanwhile.
        _arguments += call.Count;
        if (_arguments > call.Services.Limits.AtomicArguments)
        {
            IsSpoiled = true;
            ClearQueue(call.Client);
            call.Error(RespErrors.TooManyArguments("multi", call.Services.Limits.AtomicArguments));
            return;
        }

        if (!IsSpoiled && !TryAdd(call, command))
        {
            IsSpoiled = true;
            ClearQueue(call.Client);
            call.Error(RespErrors.OutOfMemory);
            return;
        }

        call.Client.QueuedCommands = _queue.Count;
        call.Output.WriteSimple("QUEUED"u8);
    }

    /// <summary>Whether some queued command is so.</summary>
    public bool Has(Predicate<RespCommand> isSo)
    {
        foreach (QueuedCommand queued in _queue)
        {
            if (isSo(queued.Command))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the queued requests, for another server.</summary>
    public void AddRequests(List<byte[]> requests)
    {
        foreach (QueuedCommand queued in _queue)
        {
            requests.Add(RespGreetings.Encode(queued.Request));
        }
    }

    /// <summary>The shards that EXEC locks before its first command: all that it may touch.</summary>
    public ulong ShardsToLock(in RespCall exec)
    {
        ulong shards = 0;
        foreach (QueuedCommand queued in _queue)
        {
            shards |= queued.Command.ShardsToLock(queued.CallFrom(exec));
        }

        foreach (byte[] place in Places)
        {
            shards |= WatchedKey.ShardMask(place, exec.Store);
        }

        return shards;
    }

    /// <summary>Adds the hashes of the keys that EXEC touches.</summary>
    /// <returns>True when it changes nothing.</returns>
    public bool AddKeys(in RespCall exec, List<ulong> keys)
    {
        bool isReading = true;
        foreach (QueuedCommand queued in _queue)
        {
            isReading &= KeptKeys.IsReading(queued.Command);
            KeptKeys.AddKeys(queued.CallFrom(exec), queued.Command, keys);
        }

        return isReading;
    }

    /// <summary>Runs the queue while all shards it may touch are locked.</summary>
    public void Run(in RespCall exec)
    {
        using MultiShardScope scope = exec.Context.EnterMany(ShardsToLock(exec));

        // While the queue runs its commands are no longer queued.
        exec.Connection.IsInTransaction = false;
        if (_watched is null || AreUntouched(_watched, exec))
        {
            RunQueue(exec);
        }
        else
        {
            exec.Output.WriteNullArray(exec.Version);
        }
    }

    /// <summary>
    /// Watches the key in an argument, or writes the error. The first look counts when a key is watched twice.
    /// </summary>
    public bool TryWatch(in RespCall call, int index)
    {
        // Without an array for a key that is watched already.
        Span<byte> place = stackalloc byte[1 + call[index].Length];
        place[0] = (byte)call.Client.Database;
        call[index].CopyTo(place[1..]);
        _watched ??= new Dictionary<byte[], WatchedKey>(BytesComparer.Instance);
        if (_watched.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(place))
        {
            return true;
        }

        // EXEC looks at all of them at one moment.
        if (_watched.Count == call.Services.Limits.AtomicArguments)
        {
            call.Error(RespErrors.TooManyWatched(call.Services.Limits.AtomicArguments));
            return false;
        }

        long bytes = place.Length + BytesPerWatch;
        if (!call.Client.TryHold(bytes, call.Services.Limits.ClientBytes))
        {
            call.Error(RespErrors.OutOfMemory);
            return false;
        }

        _watchBytes += bytes;
        _watched.Add(place.ToArray(), WatchedKey.Begin(call, index));
        return true;
    }

    /// <summary>Forgets the watched keys.</summary>
    public void Unwatch(CommandContext context)
    {
        if (_watched is null)
        {
            return;
        }

        context.Client.Hold(-_watchBytes);
        context.Leftovers.Leave(new WatchesLeftover(_watched, _watchBytes));
        _watched = null;
        _watchBytes = 0;
    }

    /// <summary>Forgets the queue.</summary>
    public void ClearQueue(ClientConnection client)
    {
        _queue.Clear();
        client.Hold(-_queueBytes);
        _queueBytes = 0;
        client.QueueBytes = 0;
    }

    // The block of the queue grows by more than is asked for: what it has come to is looked at again.
    private bool TryAdd(in RespCall call, RespCommand command)
    {
        long most = call.Services.Limits.ClientBytes;
        if (call.Client.StateBytes + CommandQueue.BytesOf(call.Request) > most)
        {
            return false;
        }

        _queue.Add(command, call.Request);
        call.Client.Hold(_queue.HeldBytes - _queueBytes);
        call.Client.QueueBytes = _queueBytes = _queue.HeldBytes;
        return call.Client.StateBytes <= most;
    }

    private IEnumerable<byte[]> Places => _watched is null ? [] : _watched.Keys;

    private static bool AreUntouched(Dictionary<byte[], WatchedKey> watched, in RespCall exec)
    {
        foreach ((byte[] place, WatchedKey seen) in watched)
        {
            if (!seen.IsUntouched(place, exec.Store, exec.Now))
            {
                return false;
            }
        }

        return true;
    }

    private void RunQueue(in RespCall exec)
    {
        exec.Output.WriteArray(_queue.Count);
        exec.Connection.RunsQueue = true;
        exec.Context.BeginAtomicStep();
        foreach (QueuedCommand queued in _queue)
        {
            RunOne(exec, queued);
        }

        exec.Context.EndAtomicStep();
        exec.Connection.RunsQueue = false;
        exec.TakePushes();
    }

    private static void RunOne(in RespCall exec, QueuedCommand queued)
    {
        CommandContext context = exec.Context;
        exec.Stats.Commands++;
        exec.Client.LastCommand = queued.Command.Name;
        if (context.IsAtomicStepSpent)
        {
            exec.Error(RespErrors.TooMuchWork);
            return;
        }

        // What was written counts, whoever reads it: a reply beyond the limit ends the connection, after all writes are
        // done.
        int start = context.Output.Length;
        if (!context.Output.Overflowed || !queued.Command.Flags.HasFlag(CommandFlags.ReadOnly))
        {
            WatchedRun.Execute(queued.CallFrom(exec), queued.Command);
        }

        context.Spend(1 + (queued.Request.Count / WorkUnits.KeysPerUnit)
            + WorkUnits.ForBytes(Math.Max(0, context.Output.Length - start)));
    }
}
