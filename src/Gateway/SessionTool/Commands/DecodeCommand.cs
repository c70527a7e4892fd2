using SessionGateway.Gateway.SessionTool.Opening;

namespace SessionGateway.Gateway.SessionTool.Commands;

/// <summary><c>gateway session decode FILE|-</c>.</summary>
internal static class DecodeCommand
{
    /// <summary>Reads, opens and prints.</summary>
    /// <exception cref="SessionToolException">One of them is not possible.</exception>
    public static void Run(ToolArguments arguments)
    {
        StoredValue value = ToolInput.Read(arguments.Operand);
        OpenedSession session = SessionOpening.Open(
            value, arguments.Value(ToolVerbs.Format), arguments.Value(ToolVerbs.Compression));
        SessionPrinter.Print(value, session, arguments);
    }
}
