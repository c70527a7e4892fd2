using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>
/// Login over the text protocol as memcached -Y has it: the first request is <c>set &lt;any key&gt; 0 0 &lt;bytes&gt;</c> with
/// <c>user password</c> as its data; everything else is refused until it has succeeded.
/// </summary>
internal static class AsciiAuth
{
    /// <summary>Longest data block of a login; longer ones are nobody's password.</summary>
    private const int MaxTokenBytes = 1024;

    /// <summary>Reads one request of a connection that has not logged in.</summary>
    /// <returns>Bytes consumed, 0 when more are needed.</returns>
    public static int Process(ReadOnlySpan<byte> input, CommandContext context)
    {
        int end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            context.NeedBytes = input.Length + 1;
            context.Client.CloseAfterReply = input.Length > TextRequestReader.MaxLineBytes;
            return 0;
        }

        int start = end + 1;
        var words = new TextTokens(input[..end].TrimEnd((byte)'\r'));
        if (!words.Next().SequenceEqual("set"u8) || words.Next().IsEmpty || words.Next().IsEmpty || words.Next().IsEmpty
            || !TextNumbers.TryUInt32(words.Next(), out uint length) || length > MaxTokenBytes)
        {
            context.Output.Write(TextErrors.Unauthenticated);
            return start;
        }

        int size = start + (int)length + 2;
        if (input.Length < size)
        {
            context.NeedBytes = size;
            return 0;
        }

        context.Stats.AuthCommands++;
        context.Output.Write(Check(input[start..size], context));
        return size;
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> block, CommandContext context)
    {
        if (!block.EndsWith("\r\n"u8))
        {
            return TextErrors.BadAuthTermination;
        }

        var words = new TextTokens(block[..^2]);
        ReadOnlySpan<byte> user = words.Next();
        ReadOnlySpan<byte> password = words.Next();
        if (password.IsEmpty)
        {
            return TextErrors.BadAuthToken;
        }

        if (!context.Services.Credentials.Accepts(user, password))
        {
            FailedLogin.Note(context);
            return TextErrors.AuthenticationFailure;
        }

        context.Client.IsAuthenticated = true;
        return "STORED\r\n"u8;
    }
}
