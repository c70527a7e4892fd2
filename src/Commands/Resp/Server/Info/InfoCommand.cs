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
        var writer = new InfoWriter(text);
        IReadOnlyList<InfoAddition> additions = call.Services.InfoAdditions;
        foreach (InfoSection section in InfoSection.All)
        {
            if (TryBegin(call, section.Title, section.IsDefault, text))
            {
                section.Write(writer, call);
                WriteAdditions(additions, section.Title, writer);
            }
        }

        foreach (string title in additions.Select(a => a.Section).Except(InfoSection.All.Select(s => s.Title)))
        {
            if (TryBegin(call, title, isDefault: true, text))
            {
                WriteAdditions(additions, title, writer);
            }
        }

        call.Output.WriteVerbatim("txt"u8, Encoding.UTF8.GetBytes(text.ToString()), call.Version);
    }

    private static void WriteAdditions(IReadOnlyList<InfoAddition> additions, string title, InfoWriter writer)
    {
        foreach (InfoAddition addition in additions.Where(a => a.Section == title))
        {
            addition.Write(writer);
        }
    }

    private static bool TryBegin(in RespCall call, string title, bool isDefault, StringBuilder text)
    {
        if (!IsWanted(call, title, isDefault))
        {
            return false;
        }

        text.Append(text.Length > 0 ? "\r\n" : "").Append($"# {title}\r\n");
        return true;
    }

    private static bool IsWanted(in RespCall call, string title, bool isDefault)
    {
        for (int i = 1; i < call.Count; i++)
        {
            string word = RespErrors.Preview(call[i]);
            if (word.ToUpperInvariant() is "ALL" or "EVERYTHING"
                || (isDefault && word.Equals("default", StringComparison.OrdinalIgnoreCase))
                || word.Equals(title, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return isDefault && call.Count == 1;
    }
}
