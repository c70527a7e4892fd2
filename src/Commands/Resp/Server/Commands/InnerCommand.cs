using System.Diagnostics.CodeAnalysis;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>The command that COMMAND GETKEYS is asked about.</summary>
internal static class InnerCommand
{
    // COMMAND GETKEYS <command> ...
    private const int First = 2;

    /// <summary>Finds the command and the places of its keys, or writes the error.</summary>
    public static bool TryFind(
        in RespCall call, [NotNullWhen(true)] out RespCommand? command, out RespCall inner, out List<int> places)
    {
        places = [];
        inner = new RespCall(
            new RespRequest(call.Request.Bytes, call.Request.Arguments[First..]), call.Connection, call.Context);
        command = CommandTable.All.Find(inner[0]);
        if (command is { Subcommands.Length: > 0 })
        {
            command = inner.Count > 1 ? CommandTable.FindSub(command, inner[1]) : null;
        }

        if (command is null)
        {
            call.Error("-ERR Invalid command specified\r\n"u8);
            return false;
        }

        if (!command.Descriptor.HasKeys)
        {
            call.Error("-ERR The command has no key arguments\r\n"u8);
            return false;
        }

        if (!command.Descriptor.Allows(inner.Count))
        {
            call.Error("-ERR Invalid number of arguments specified for command\r\n"u8);
            return false;
        }

        command.TryGetKeys(inner, places);
        return true;
    }
}
