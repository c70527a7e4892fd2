using System.Diagnostics.CodeAnalysis;
using SessionGateway.Commands.Resp.Watching;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG of valkey 8.1: slow commands, large requests and large replies.</summary>
internal sealed class CommandLogCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("commandlog", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "A container for command log commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));

    /// <summary>The log that an argument names; else writes the error.</summary>
    internal static bool TryLog(in RespCall call, int index, [NotNullWhen(true)] out CommandLog? log)
    {
        CommandWatch watch = call.Services.Resp.Watch;
        log = call.Is(index, "slow"u8) ? watch.Slow
            : call.Is(index, "large-request"u8) ? watch.LargeRequests
            : call.Is(index, "large-reply"u8) ? watch.LargeReplies
            : null;
        if (log is null)
        {
            call.Error("-ERR type should be one of the following: slow, large-request, large-reply\r\n"u8);
        }

        return log is not null;
    }
}
