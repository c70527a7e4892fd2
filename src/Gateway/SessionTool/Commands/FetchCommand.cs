using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.SessionTool.Opening;

namespace SessionGateway.Gateway.SessionTool.Commands;

/// <summary><c>gateway session fetch KEY</c>: what <c>decode</c> and <c>recode</c> read.</summary>
internal static class FetchCommand
{
    /// <summary>Fetches, takes the client's compression off, and writes the bytes.</summary>
    /// <exception cref="SessionToolException">One of them is not possible.</exception>
    public static void Run(ToolArguments arguments)
    {
        StoredValue value = SessionFetch.Get(FetchTarget.From(arguments));
        SessionPrinter.Write(Envelope.Remove(value, arguments.Value(ToolVerbs.Compression), out _));
    }
}
