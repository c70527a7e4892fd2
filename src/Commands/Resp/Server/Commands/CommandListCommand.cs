using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND LIST [FILTERBY MODULE name | ACLCAT category | PATTERN pattern].</summary>
internal sealed class CommandListCommand() : RespCommand(
    new CommandDescriptor("command|list", -2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output_order"],
        Group = "server",
        Since = "7.0.0",
        Summary = "Get an array of Redis command names",
        Complexity = "O(N) where N is the total number of Redis commands",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count == 2)
        {
            Write(call, [.. WithSubcommands().Select(c => c.Name)]);
            return;
        }

        if (call.Count != 5 || !call.Is(2, "filterby"u8)
            || !(call.Is(3, "module"u8) || call.Is(3, "aclcat"u8) || call.Is(3, "pattern"u8)))
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        List<string> found = [];
        foreach (RespCommand command in WithSubcommands())
        {
            AddMatching(call, command, found);
        }

        Write(call, found);
    }

    private static IEnumerable<RespCommand> WithSubcommands() =>
        CommandTable.All.Commands.SelectMany(command => (RespCommand[])[command, .. command.Subcommands]);

    private static void AddMatching(in RespCall call, RespCommand command, List<string> found)
    {
        bool matches = call.Is(3, "pattern"u8)
            ? call[4].Length <= GlobPattern.MaxBytes
                && GlobPattern.Matches(Encoding.ASCII.GetBytes(RespErrors.Preview(call[4]).ToLowerInvariant()),
                    Encoding.ASCII.GetBytes(command.Name))
            : call.Is(3, "aclcat"u8) && CommandWriter.Categories(command.Descriptor).Contains(
                "@" + RespErrors.Preview(call[4]).ToLowerInvariant());
        if (matches)
        {
            found.Add(command.Name);
        }
    }

    private static void Write(in RespCall call, List<string> names)
    {
        call.Output.WriteArray(names.Count);
        foreach (string name in names)
        {
            call.Output.WriteBulk(name);
        }
    }
}
