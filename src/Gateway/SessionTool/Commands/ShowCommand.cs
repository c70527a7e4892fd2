using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.SessionTool.Opening;

namespace SessionGateway.Gateway.SessionTool.Commands;

/// <summary><c>gateway session show KEY</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Fetches, opens and prints.</summary>
    /// <exception cref="SessionToolException">One of them is not possible.</exception>
    public static void Run(ToolArguments arguments)
    {
        // Before anybody is asked for anything.
        if (arguments.Value(ToolVerbs.Format) is { } format)
        {
            SessionOpening.Format(format);
        }

        StoredValue value = SessionFetch.Get(FetchTarget.From(arguments));
        OpenedSession session = SessionOpening.Open(
            value, arguments.Value(ToolVerbs.Format), arguments.Value(ToolVerbs.Compression));
        SessionPrinter.Print(value, session, arguments);
    }
}
