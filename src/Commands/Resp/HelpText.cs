using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp;

/// <summary>The answer to HELP of a container (redis 7 networking.c, addReplyHelp).</summary>
internal static class HelpText
{
    public static void Write(OutputBuffer output, string container, string[] lines)
    {
        output.WriteArray(lines.Length + 3);
        Write(output, $"{container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        foreach (string line in lines)
        {
            Write(output, line);
        }

        Write(output, "HELP");
        Write(output, "    Prints this help.");
    }

    private static void Write(OutputBuffer output, string line) => output.WriteSimple(Encoding.ASCII.GetBytes(line));
}
