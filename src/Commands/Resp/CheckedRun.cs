using System.Text;
using SessionGateway.Commands.Resp.Connection;
using SessionGateway.Commands.Resp.Server.Replication;
using SessionGateway.Commands.Resp.Transactions;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>The checks before a command, in the order of redis 7 (server.c, processCommand).</summary>
internal static class CheckedRun
{
    /// <summary>Checks and runs, or refuses.</summary>
    public static void Run(in RespCall call, RespCommand? command)
    {
        call.Connection.BeginRequest(call.Output);
        RunAnswered(call, command);
        bool isSilent = call.Connection.IsMuted;
        if (call.Client.IsParked && call.Connection.Paused is null)
        {
            call.Connection.Repeat();
        }

        call.Connection.EndRequest(call.Output);
        if (call.Connection.Paused is { } paused)
        {
            paused.IsSilent = isSilent;
        }
    }

    /// <summary>Goes on with a command that stopped in its middle. It was checked before it began.</summary>
    public static void GoOn(in RespCall call)
    {
        if (call.Connection.Paused is PostponedRequest postponed)
        {
            call.Connection.GoOn(postponed, call);
            return;
        }

        if (call.Connection.Paused is EndedFields ended)
        {
            call.Connection.GoOn(ended);
            return;
        }

        if (!call.Services.Claims.AreAny)
        {
            GoOnUnlooked(call);
        }
        else
        {
            KeptKeys.GoOn(call);
        }
    }

    /// <summary>Goes on with a command that stopped in its middle, when no script keeps a key of it.</summary>
    public static void GoOnUnlooked(in RespCall call)
    {
        bool isSilent = call.Connection.Paused!.IsSilent;
        call.Connection.SettlePush(call.Output);
        call.Connection.GoOn(call);
        if (isSilent && !call.Output.Overflowed)
        {
            call.Connection.DropUnsettled(call.Output);
        }
    }

    private static void RunAnswered(in RespCall call, RespCommand? command)
    {
        // Before everything else, even the arity.
        if (call.Is(0, "quit"u8))
        {
            WatchedRun.Execute(call, command!);
            return;
        }

        if (command is null || IsOfPairAlone(call, command))
        {
            RefuseUnknown(call);
            return;
        }

        if (!command.Descriptor.Allows(call.Count))
        {
            Refuse(call, command, RespErrors.WrongArity(command.Name));
            return;
        }

        if (call.Count > call.Services.Limits.AtomicArguments && !command.StopsBetweenArguments)
        {
            Refuse(call, command, RespErrors.TooManyArguments(command.Name, call.Services.Limits.AtomicArguments));
            return;
        }

        call.Client.LastCommand = command.Name;
        RespConversation connection = call.Connection;
        Refusal refusal = Gate.Check(call.Services, call.Client, command.Traits);
        if (refusal == Refusal.LoginNeeded)
        {
            Refuse(call, command, RespErrors.NoAuth);
        }
        else if (Elsewhere.Redirection(call, command) is { } redirection)
        {
            Refuse(call, command, redirection);
        }
        else if (Gate.OfWrite(call.Services, call.Client, command.Traits) is not Refusal.None and var ofWrite)
        {
            Refuse(call, command, RespErrors.OfWrite(ofWrite));
        }
        else if (OfQueue(call, command) is not Refusal.None and var ofQueue)
        {
            Refuse(call, command, RespErrors.OfWrite(ofQueue));
        }
        else if (connection.IsInTransaction && command.Flags.HasFlag(CommandFlags.NoMulti))
        {
            Refuse(call, command, RespErrors.NotInTransaction);
        }
        else if (connection.IsLimitedToSubscriptions && !IsAllowedWhileSubscribed(command.Name))
        {
            Refuse(call, command, $"ERR Can't execute '{command.Name}': only (P|S)SUBSCRIBE / "
                + "(P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }
        else if (connection.Monitor is not null && TouchesKeys(command))
        {
            Refuse(call, command, "ERR Replica can't interact with the keyspace");
        }
        else if (refusal == Refusal.Loading && command is PingCommand && call.Services.Pair is { IsReady: false })
        {
            // Sentinel takes -LOADING for a sign of life: a node that must not be the primary says something else.
            Refuse(call, command, RespErrors.NotReady);
        }
        else if (refusal == Refusal.Fenced)
        {
            Refuse(call, command, RespErrors.MasterDown);
        }
        else if (refusal == Refusal.Loading)
        {
            Refuse(call, command, RespErrors.Loading);
        }
        else if (HasTooLongKey(call, command))
        {
            Refuse(call, command, RespErrors.KeyTooLong);
        }
        else if (call.Services.Resp.Pause is { IsOn: true } pause && pause.Holds(call, command))
        {
            connection.Postpone(new PostponedRequest(pause, call.Client), call);
        }
        else if (connection.IsInTransaction && !RunsInsideTransaction(command.Name))
        {
            connection.Transaction!.Queue(call, command);
        }
        else if (!KeptKeys.Concern(command))
        {
            WatchedRun.Execute(call, command);
        }
        else if (!call.Services.Claims.AreAny && UncheckedRun.TryExecute(call, command))
        {
            // Nobody keeps its keys.
        }
        else if (KeptKeys.Run(call, command) == ClaimState.Busy)
        {
            Refuse(call, command, KeptKeys.Busy);
        }
    }

    private static bool IsAllowedWhileSubscribed(string name) =>
        name is "ping" or "subscribe" or "unsubscribe" or "psubscribe" or "punsubscribe" or "ssubscribe"
            or "sunsubscribe" or "quit" or "reset";

    // As Redis, where a monitor is a kind of replica.
    private static bool TouchesKeys(RespCommand command) =>
        (command.Flags & (CommandFlags.Write | CommandFlags.ReadOnly)) != 0 || command.Name is "publish" or "spublish"
        || command.Descriptor is { Group: "scripting", HasKeys: true };

    // Its commands were queued when the disk was well and a backup was there, and would all be done, or none, for
    // nobody to hear of.
    private static Refusal OfQueue(in RespCall call, RespCommand command) =>
        command.Name == "exec" && call.Connection.Transaction is { IsSpoiled: false } queue
        && Gate.OfWrite(call.Services, call.Client, CommandTraits.Writes) is not Refusal.None
        && queue.Has(static queued => queued.Traits.HasFlag(CommandTraits.Writes))
            ? Gate.OfWrite(call.Services, call.Client, CommandTraits.Writes) : Refusal.None;

    private static bool RunsInsideTransaction(string name) =>
        name is "exec" or "discard" or "multi" or "watch" or "quit" or "reset";

    /// <summary>True when a key of the call is longer than the store takes.</summary>
    public static bool HasTooLongKey(in RespCall call, RespCommand command)
    {
        if (call.Request.Bytes.Length <= ItemStore.MaxKeyBytes)
        {
            return false;
        }

        if (command.HasPlainKeys)
        {
            // Without a list: there may be a million of them.
            ReadOnlySpan<RespArgument> places = call.Request.Arguments;
            int last = command.LastKeyOf(call.Count);
            for (int i = command.Descriptor.FirstKey; i <= last; i += command.Descriptor.KeyStep)
            {
                if (places[i].Length > ItemStore.MaxKeyBytes)
                {
                    return true;
                }
            }

            return false;
        }

        List<int> keys = [];
        command.TryGetKeys(call, keys);
        foreach (int place in keys)
        {
            if (call[place].Length > ItemStore.MaxKeyBytes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Answers as to a command that there is not.</summary>
    public static void RefuseUnknown(in RespCall call)
    {
        // HTTP requests that a browser was made to send end the connection without a word.
        if (call.Is(0, "post"u8) || call.Is(0, "host:"u8))
        {
            call.Client.CloseAfterReply = true;
            return;
        }

        if (CommandTable.All.Find(call[0]) is { } container && !IsOfPairAlone(call, container))
        {
            Refuse(call, null, $"ERR unknown subcommand '{RespErrors.Preview(call[1], 128)}'. "
                + $"Try {container.Name.ToUpperInvariant()} HELP.");
            return;
        }

        var text = new StringBuilder(
            $"ERR unknown command '{RespErrors.Preview(call[0], 128)}', with args beginning with: ");
        int start = text.Length;
        for (int i = 1; i < call.Count && text.Length - start < 128; i++)
        {
            string argument = RespErrors.Preview(call[i], 128 - (text.Length - start));
            text.Append('\'').Append(argument).Append("' ");
        }

        Refuse(call, null, text.ToString());
    }

    // A Redis that is no Sentinel does not know it: clients tell by that what they talk to.
    private static bool IsOfPairAlone(in RespCall call, RespCommand command) =>
        command is SentinelCommand && call.Services.Pair is null;

    private static void Refuse(in RespCall call, RespCommand? command, ReadOnlySpan<byte> line) =>
        Refuse(call, command, Encoding.ASCII.GetString(line[1..^2]));

    // A refused command spoils the transaction; a refused EXEC ends it.
    private static void Refuse(in RespCall call, RespCommand? command, string text)
    {
        if (command is not null)
        {
            call.Context.Stats.Figures.CountRejected(command.Index);
        }

        if (command?.Name == "exec")
        {
            call.Error("EXECABORT Transaction discarded because of: "
                + (text.StartsWith("ERR ", StringComparison.Ordinal) ? text[4..] : text));
            Transaction.End(call);
            return;
        }

        if (call.Connection.IsInTransaction)
        {
            call.Connection.Transaction!.IsSpoiled = true;
        }

        call.Error(text);
    }
}
