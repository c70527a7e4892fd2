using System.Runtime.CompilerServices;
using SessionGateway.Commands.Resp.Scripting;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>
/// Executes a command and notes what it has cost: for INFO commandstats, SLOWLOG, COMMANDLOG, LATENCY and MONITOR.
/// </summary>
/// <remarks>
/// Two looks at the clock and what follows cost an eighth of a pipelined GET. So of short commands about one in sixteen
/// is measured, by chance, and stands for those before it; every one is when a mark below a millisecond is set, when
/// LATENCY or MONITOR wants to know, and for a while after one was long or large. All others are always measured: where
/// one ends the next of the same turn begins. The time is that of the command's own turns; what it waits for, parked or
/// between its turns, does not count.
/// </remarks>
internal static class WatchedRun
{
    // A short command of so many bytes is copied for tens of microseconds.
    private const long LargeBytes = 256 << 10;

    /// <summary>Executes a command from its start.</summary>
    public static void Execute(in RespCall call, RespCommand command)
    {
        CommandContext context = call.Context;
        if (!command.IsShort || context.Sampling.MustLook(call.Services.Resp.Watch))
        {
            Measure(call, command);
            return;
        }

        ProtocolStats stats = call.Stats;
        long errors = stats.ErrorReplies;
        long written = stats.BytesWritten + context.Output.Length;
        context.LookedAt = 0;
        command.Run(call);
        if (call.Connection.Paused is not null)
        {
            call.Connection.Cost = new CommandCost(command, 0, 0, false);
        }
        else if (!call.Client.IsParked)
        {
            CommandWatch watch = call.Services.Resp.Watch;
            bool hasFailed = stats.ErrorReplies != errors;
            if (hasFailed && IsRejected(call, command))
            {
                return;
            }

            context.Stats.Figures.CountUnmeasured(command.Index, hasFailed);
            written = stats.BytesWritten + context.Output.Length - written;
            if (written >= watch.LeastReply || WireBytes(call) >= watch.LeastRequest)
            {
                NoteSize(call, command, written);
            }

            if (written >= LargeBytes)
            {
                context.Sampling.LookClosely();
            }
        }
    }

    private static void Measure(in RespCall call, RespCommand command)
    {
        CommandContext context = call.Context;
        ProtocolStats stats = call.Stats;
        long errors = stats.ErrorReplies;
        long written = stats.BytesWritten + context.Output.Length;
        long began = context.LookedAt;
        if (began == 0)
        {
            began = context.CommandTime.GetTimestamp();
        }

        command.Run(call);
        long now = context.CommandTime.GetTimestamp();
        context.LookedAt = now;
        bool hasFailed = stats.ErrorReplies != errors;
        written = stats.BytesWritten + context.Output.Length - written;
        if (call.Connection.Paused is not null)
        {
            call.Connection.Cost = new CommandCost(command, now - began, written, hasFailed);
            if (call.Connection.Paused is not EndedFields)
            {
                // When it has begun; scripts say so themselves, before their commands.
                call.Services.Resp.Watch.Monitors.Tell(call, command);
                call.Connection.IsScriptTold = false;
            }
        }
        else if (!call.Client.IsParked)
        {
            End(call, command, now - began, written, hasFailed, isNew: true);
        }
    }

    /// <summary>Goes on with a command that has stopped.</summary>
    public static void GoOn(in RespCall call)
    {
        CommandContext context = call.Context;
        ProtocolStats stats = call.Stats;
        long errors = stats.ErrorReplies;
        long written = stats.BytesWritten + context.Output.Length;
        long began = context.CommandTime.GetTimestamp();
        CheckedRun.GoOn(call);
        long now = context.CommandTime.GetTimestamp();
        context.LookedAt = now;
        if (call.Connection.Cost is { } cost)
        {
            call.Connection.Cost = new CommandCost(
                cost.Command, cost.Ticks + now - began,
                cost.Written + stats.BytesWritten + context.Output.Length - written,
                cost.HasFailed || stats.ErrorReplies != errors);
        }
    }

    /// <summary>The command that had stopped is complete.</summary>
    public static void EndPaused(in RespCall call)
    {
        if (call.Connection.Cost is { } cost)
        {
            call.Connection.Cost = null;
            End(call, cost.Command, cost.Ticks, cost.Written, cost.HasFailed, isNew: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End(
        in RespCall call, RespCommand command, long ticks, long written, bool hasFailed, bool isNew)
    {
        if (hasFailed && IsRejected(call, command))
        {
            return;
        }

        CommandWatch watch = call.Services.Resp.Watch;
        long nanoseconds = ticks * call.Context.NanosecondsPerTick;
        call.Context.Stats.Figures.Count(command.Index, nanoseconds, hasFailed);
        if (nanoseconds >= CommandWatch.LongNanoseconds)
        {
            call.Context.Sampling.LookClosely();
        }

        if (nanoseconds >= watch.LeastNanoseconds || written >= watch.LeastReply
            || WireBytes(call) >= watch.LeastRequest)
        {
            if (isNew)
            {
                watch.Monitors.Tell(call, command);
                call.Connection.IsScriptTold = false;
            }

            bool isScripts = call.Client is ScriptClient;
            watch.Note(call, command, nanoseconds, isScripts ? 0 : WireBytes(call), isScripts ? 0 : written);
        }
    }

    // What memory does not allow Redis refuses before the command: it is no call.
    private static bool IsRejected(in RespCall call, RespCommand command)
    {
        if (!call.Context.WasErrorOfMemory || !command.Flags.HasFlag(CommandFlags.DenyOom))
        {
            return false;
        }

        call.Context.Stats.Figures.CountRejected(command.Index);
        return true;
    }

    private static void NoteSize(in RespCall call, RespCommand command, long written)
    {
        if (call.Client is not ScriptClient)
        {
            call.Services.Resp.Watch.NoteSize(call, command, WireBytes(call), written);
        }
    }

    // Places of arguments count from the first byte of the request.
    private static long WireBytes(in RespCall call)
    {
        Protocols.Resp.RespArgument last = call.Request.Arguments[^1];
        return last.Offset + last.Length + 2L;
    }
}
