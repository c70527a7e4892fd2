using System.Text;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>INFO [section ...].</summary>
internal sealed class InfoCommand() : RespCommand(
    new CommandDescriptor("info", -1, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Dangerous,
        Tips = ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        Group = "server",
        Since = "1.0.0",
        Summary = "Get information and statistics about the server",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Context.Spend(WorkUnits.Report);
        var text = new StringBuilder();
        foreach (InfoSection section in InfoSection.All)
        {
            if (IsWanted(call, section))
            {
                text.Append(text.Length > 0 ? "\r\n" : "").Append($"# {section.Title}\r\n");
                section.Write(new InfoWriter(text), call);
            }
        }

        call.Output.WriteVerbatim("txt"u8, Encoding.UTF8.GetBytes(text.ToString()), call.Version);
    }

    private static bool IsWanted(in RespCall call, InfoSection section)
    {
        for (int i = 1; i < call.Count; i++)
        {
            string word = RespErrors.Preview(call[i]);
            if (word.ToUpperInvariant() is "ALL" or "DEFAULT" or "EVERYTHING"
                || word.Equals(section.Title, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return call.Count == 1;
    }
}
