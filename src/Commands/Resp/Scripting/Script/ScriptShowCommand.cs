using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT SHOW sha1, of Valkey 8.</summary>
internal sealed class ScriptShowCommand() : RespCommand(
    new CommandDescriptor("script|show", 3, CommandFlags.NoScript)
    {
        Categories = AclCategories.Scripting,
        Group = "scripting",
        Since = "8.0.0",
        Summary = "Show server-side Lua script in the script cache.",
        Complexity = "O(1).",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Services.Resp.Scripts.Find(call[2]) is { } script)
        {
            call.Output.WriteBulk((ReadOnlySpan<byte>)script.Text);
        }
        else
        {
            call.Error("-NOSCRIPT No matching script.\r\n"u8);
        }
    }
}
