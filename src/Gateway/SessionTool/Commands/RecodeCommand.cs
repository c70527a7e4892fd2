using System.Buffers;
using SessionGateway.Gateway.SessionTool.Opening;
using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool.Commands;

/// <summary><c>gateway session recode --from F --to F FILE|-</c>.</summary>
internal static class RecodeCommand
{
    /// <summary>Reads in one format and writes in another.</summary>
    /// <exception cref="SessionToolException">The bytes are not of the one, or the other cannot hold the
    /// session.</exception>
    public static void Run(ToolArguments arguments)
    {
        ISessionFormat from = SessionOpening.Format(arguments.Required(ToolVerbs.From));
        ISessionFormat to = SessionOpening.Format(arguments.Required(ToolVerbs.To));
        StoredValue value = ToolInput.Read(arguments.Operand);
        var tree = new SessionTree();
        if (!from.TryDecode(value.Bytes, tree, SessionOpening.Limits, out SessionError error))
        {
            throw new SessionToolException($"'{value.Name}': {from.Name}: {error}");
        }

        var output = new ArrayBufferWriter<byte>();
        if (!to.TryEncode(tree, output, new SessionEncodeOptions { Limits = SessionOpening.Limits }, out error))
        {
            throw new SessionToolException($"'{value.Name}': cannot be written as {to.Name}: {error}");
        }

        SessionPrinter.Write(output.WrittenSpan);
    }
}
