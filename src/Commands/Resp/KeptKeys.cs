using System.Runtime.InteropServices;
using SessionGateway.Commands.Resp.Transactions;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>The look of a command at the keys that scripts keep (<see cref="KeyClaims"/>).</summary>
internal static class KeptKeys
{
    /// <summary>The answer to who may not wait any longer.</summary>
    public static ReadOnlySpan<byte> Busy =>
        "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n"u8;

    /// <summary>True for a command that touches items.</summary>
    public static bool Concern(RespCommand command) =>
        (command.Traits & (CommandTraits.Reads | CommandTraits.Writes)) != 0 || IsScript(command)
        || command is ExecCommand;

    /// <summary>Runs a command, parks it, or says that it has to be refused.</summary>
    /// <remarks>What the first step of a script holds it either gives back or keeps from then on: behind its locks it
    /// is known which, and stays so until the command is done. Scripts look themselves.</remarks>
    public static ClaimState Run(in RespCall call, RespCommand command)
    {
        ulong shards = 0;
        if (!IsScript(command))
        {
            shards = command is ExecCommand && call.Connection.Transaction is { } transaction
                ? transaction.ShardsToLock(call) : command.ShardsToLock(call);
        }

        using MultiShardScope scope = call.Store.EnterMany(shards, call.Now);
        ClaimState state = Look(call, command);
        if (state == ClaimState.Free)
        {
            WatchedRun.Execute(call, command);
        }

        return state;
    }

    /// <summary>Goes on with a command that stopped in its middle, unless a script keeps one of its keys: then it
    /// waits for the script.</summary>
    /// <remarks>It may have answered a half, so it is not told that it is busy. Of more keys than one moment may have
    /// none are looked at.</remarks>
    public static void GoOn(in RespCall call)
    {
        RespCommand? command = CommandTable.All.Find(call[0]);
        if (call.Connection.Paused!.KeepsKeys || command is null or ExecCommand || !Concern(command)
            || IsScript(command) || !command.Descriptor.HasKeys
            || call.Count > call.Services.Limits.AtomicArguments)
        {
            CheckedRun.GoOnUnlooked(call);
            return;
        }

        using MultiShardScope scope = call.Store.EnterMany(command.ShardsToLock(call), call.Now);
        List<ulong> keys = [];
        if (call.Services.Claims.AreKept)
        {
            AddKeys(call, command, keys);
        }

        if (!call.Services.Claims.TryWait(CollectionsMarshal.AsSpan(keys), IsReading(command), call.Client,
            ClientConnection.NoDeadline))
        {
            CheckedRun.GoOnUnlooked(call);
        }
    }

    private static ClaimState Look(in RespCall call, RespCommand command)
    {
        KeyClaims claims = call.Services.Claims;
        Transaction? transaction = command is ExecCommand ? call.Connection.Transaction : null;
        if (!claims.AreKept)
        {
            return ClaimState.Free;
        }

        List<ulong> keys = [];
        bool isReading = transaction is null ? IsReading(command) : transaction.AddKeys(call, keys);
        if (transaction is null)
        {
            AddKeys(call, command, keys);
        }

        ClaimState state = keys.Count == 0 && transaction is null && !IsScript(command)
            ? claims.LookAtAll(isReading, call.Client, call.Now)
            : claims.Look(CollectionsMarshal.AsSpan(keys), isReading, call.Client, call.Now);
        if (state == ClaimState.Waits)
        {
            // It is counted when it runs.
            call.Stats.Commands--;
        }

        return state;
    }

    /// <summary>True for a command that changes nothing. A script may look twice.</summary>
    public static bool IsReading(RespCommand command) =>
        !command.Traits.HasFlag(CommandTraits.Writes) && !IsScript(command);

    /// <summary>Adds the hashes of a command's keys.</summary>
    public static void AddKeys(in RespCall call, RespCommand command, List<ulong> keys)
    {
        if (command.HasPlainKeys)
        {
            int last = Math.Min(command.LastKeyOf(call.Count), call.Count - 1);
            for (int i = command.Descriptor.FirstKey; i <= last; i += command.Descriptor.KeyStep)
            {
                keys.Add(call.Key(i).Hash);
            }

            return;
        }

        List<int> places = [];
        command.TryGetKeys(call, places);
        foreach (int place in places)
        {
            keys.Add(call.Key(place).Hash);
        }
    }

    private static bool IsScript(RespCommand command) =>
        command.Descriptor is { Group: "scripting", HasKeys: true };
}
