using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG GET pattern [pattern ...].</summary>
internal sealed class ConfigGetCommand() : RespCommand(
    new CommandDescriptor(
        "config|get", -3,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "2.0.0",
        Summary = "Get the values of configuration parameters",
        Complexity = "O(N) when N is the number of configuration parameters provided",
    })
{
    public override void Execute(in RespCall call)
    {
        List<KeyValuePair<string, string>> found = [];
        foreach ((string name, string value) in ConfigValues.All(call))
        {
            if (TryMatch(call, name, out string shown))
            {
                found.Add(new KeyValuePair<string, string>(shown, value));
            }
        }

        call.Output.WriteMap(found.Count, call.Version);
        foreach ((string name, string value) in found)
        {
            call.Output.WriteBulk(name);
            call.Output.WriteBulk(value);
        }
    }

    // A name without wildcards is answered in the case in which it was asked.
    private static bool TryMatch(in RespCall call, string name, out string shown)
    {
        shown = name;
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(name);
        for (int i = 2; i < call.Count; i++)
        {
            byte[] pattern = call[i].ToArray();
            bool isName = !pattern.AsSpan().ContainsAny("[*?"u8);
            System.Text.Ascii.ToLowerInPlace(pattern, out _);
            if (isName ? pattern.AsSpan().SequenceEqual(bytes)
                : GlobPattern.Matches(pattern.AsSpan(0, Math.Min(pattern.Length, GlobPattern.MaxBytes)), bytes))
            {
                shown = isName ? RespErrors.Preview(call[i]) : name;
                return true;
            }
        }

        return false;
    }
}
