using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>
/// Login over the text protocol as memcached -Y has it: the first request is <c>set &lt;any key&gt; 0 0
/// &lt;bytes&gt;</c> with <c>user password</c> as its data; everything else is refused until it has succeeded.
/// </summary>
internal static class AsciiAuth
{
    /// <summary>
    /// Longest data block of a login that is kept: more than <see cref="Credentials.MaxUserBytes"/> and
    /// <see cref="Credentials.MaxPasswordBytes"/> need, little enough for a stranger.
    /// </summary>
    private const int MaxTokenBytes = 2048;

    /// <summary>Reads one request of a connection that has not logged in.</summary>
    /// <param name="input">Bytes at hand.</param>
    /// <param name="context">Where the answer goes.</param>
    /// <param name="swallow">Bytes behind the consumed ones to step over: a data block that is nobody's
    /// password.</param>
    /// <returns>Bytes consumed, 0 when more are needed.</returns>
    public static int Process(ReadOnlySpan<byte> input, CommandContext context, out long swallow)
    {
        swallow = 0;
        int end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            context.NeedBytes = input.Length + 1;
            context.Client.CloseAfterReply = input.Length > MemcachedLimits.LineBytes;
            return 0;
        }

        int start = end + 1;
        var words = new TextTokens(input[..end].TrimEnd((byte)'\r'));
        if (!words.Next().SequenceEqual("set"u8) || words.Next().IsEmpty || words.Next().IsEmpty || words.Next().IsEmpty
            || !TextNumbers.TryUInt32(words.Next(), out uint length))
        {
            // A browser could be made to guess passwords, one in the body of each request.
            if (TextHttp.IsRequestLine(input[..end].TrimEnd((byte)'\r')))
            {
                context.Client.CloseAfterReply = true;
                return start;
            }

            context.Output.Write(TextErrors.Unauthenticated);
            return start;
        }

        if (length > MaxTokenBytes)
        {
            context.Stats.Memcached.AuthCommands++;
            FailedLogin.Note(context, context.Stats.Memcached);
            context.Output.Write(TextErrors.AuthenticationFailure);
            swallow = length + 2L;
            return start;
        }

        int size = start + (int)length + 2;
        if (input.Length < size)
        {
            context.NeedBytes = size;
            return 0;
        }

        context.Stats.Memcached.AuthCommands++;
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
        ReadOnlySpan<byte> rest = words.Rest;
        ReadOnlySpan<byte> word = words.Next();
        if (word.IsEmpty)
        {
            return TextErrors.BadAuthToken;
        }

        // memcached takes the second word; a password with blanks is all that follows the one behind the name.
        Credentials credentials = context.Services.Credentials;
        if (!(credentials.Accepts(user, rest[1..]) | credentials.Accepts(user, word)))
        {
            FailedLogin.Note(context, context.Stats.Memcached);
            return TextErrors.AuthenticationFailure;
        }

        context.Client.IsAuthenticated = true;
        return "STORED\r\n"u8;
    }
}
