using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.SessionTool;

namespace SessionGateway.Gateway.Transfer;

/// <summary>
/// <c>gateway import …</c> and <c>gateway export …</c>: moves items between a running gateway and Redis, its files, or
/// memcached. Nothing of it is loaded when the gateway serves.
/// </summary>
internal static class TransferProgram
{
    /// <summary>The words by which the gateway is this program.</summary>
    public static bool Is(string word) => TransferVerbs.All.Any(verb => verb.Name == word);

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments with the command's name first.</param>
    /// <returns>0 when everything was taken; 1 when something was not, or after one line on stderr.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        string name = args[0];
        TransferVerb verb = TransferVerbs.All.First(v => v.Name == name);
        try
        {
            var arguments = ToolArguments.Parse(verb.Words, args[1..], "");
            if (arguments.WantsHelp)
            {
                StandardStream.Out(TransferHelp.Text(verb.Words));
                return 0;
            }

            return verb.Run(arguments) ? 0 : 1;
        }
        catch (SessionToolException e)
        {
            StandardStream.Error($"gateway {name}: {SessionProgram.OneLine(e.Message)}\n");
            return 1;
        }
    }
}
