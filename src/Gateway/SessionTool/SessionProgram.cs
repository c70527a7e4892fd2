using System.Text;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.SessionTool;

/// <summary>
/// <c>gateway session …</c>: looks at sessions and changes their format. Nothing of it is loaded when the gateway
/// serves.
/// </summary>
internal static class SessionProgram
{
    /// <summary>The first argument by which the gateway is this program.</summary>
    public const string Name = "session";

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments after <see cref="Name"/>.</param>
    /// <returns>0, or 1 after one line on stderr.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        try
        {
            if (args.IsEmpty || args[0] is "--help" or "-h")
            {
                StandardStream.Out(ToolHelp.Text());
                return 0;
            }

            string name = args[0];
            ToolVerb verb = ToolVerbs.All.FirstOrDefault(v => v.Name == name)
                ?? throw new SessionToolException($"unknown command '{name}'; try --help");
            var arguments = ToolArguments.Parse(verb, args[1..], $"{name}: ");
            if (arguments.WantsHelp)
            {
                StandardStream.Out(ToolHelp.Text(verb));
                return 0;
            }

            verb.Run(arguments);
            return 0;
        }
        catch (SessionToolException e)
        {
            StandardStream.Error($"gateway session: {OneLine(e.Message)}\n");
            return 1;
        }
    }

    /// <summary>Keys, file names and answers of servers may hold line ends and terminal commands.</summary>
    public static string OneLine(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (char c in message)
        {
            line.Append(char.IsControl(c) ? '?' : c);
        }

        return line.ToString();
    }
}
