using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>Gets a value with its flags by memcached's text protocol.</summary>
internal static class MemcachedFetch
{
    private const int MaxKey = 250;

    /// <summary>Whether the protocol can name the key.</summary>
    public static bool CanAsk(FetchTarget target) =>
        target.Database == 0 && Encoding.UTF8.GetByteCount(target.Key) is > 0 and <= MaxKey
        && !target.Key.Any(c => c is ' ' or '\x7f' || char.IsControl(c));

    /// <summary>Asks. Gives null where the server turns out not to speak memcached.</summary>
    /// <param name="target">What to ask for.</param>
    /// <param name="mayBeResp">
    /// The server may speak RESP as well, and then tells what memcached knows nothing of.
    /// </param>
    /// <exception cref="SessionToolException">No such key, or no answer.</exception>
    public static StoredValue? Get(FetchTarget target, bool mayBeResp)
    {
        using var connection = new ToolConnection(target.Address);
        if (target.Password is not null)
        {
            TextReply login = AskLogin(connection, $"{target.User} {target.Password}");
            if (IsResp(login))
            {
                return null;
            }

            if (!login.Is("STORED"u8))
            {
                throw new SessionToolException($"login refused: {Encoding.UTF8.GetString(login.Line)}");
            }
        }

        TextReply answer = AskGet(connection, Encoding.UTF8.GetBytes(target.Key));
        if (IsResp(answer))
        {
            return null;
        }

        if (answer.Is("END"u8))
        {
            throw mayBeResp && RespFetch.HoldsAnother(target)
                ? FetchErrors.NoString(target) : FetchErrors.NotFound(target);
        }

        if (answer.Is("CLIENT_ERROR unauthenticated"u8))
        {
            throw FetchErrors.NeedsLogin;
        }

        return answer.IsValue
            ? new StoredValue(target.Key, answer.Value.ToArray(), answer.Flags)
            : throw connection.Unexpected(answer.Line);
    }

    // memcached's login over text: a set of any key, whose value is user and password.
    private static TextReply AskLogin(ToolConnection connection, string login)
    {
        byte[] token = Encoding.UTF8.GetBytes(login);
        var request = new SpanWriter(new byte[TextRequestWriter.MaxLength(4, token.Length)]);
        request.WriteStorage("set"u8, "auth"u8, 0, 0, token);
        connection.Send(request.Written);
        return connection.ReadText();
    }

    private static TextReply AskGet(ToolConnection connection, byte[] key)
    {
        var request = new SpanWriter(new byte[TextRequestWriter.MaxLength(key.Length)]);
        request.WriteKeyRequest("get"u8, key);
        connection.Send(request.Written);
        return connection.ReadText();
    }

    /// <summary>memcached's answers are words; RESP's start with a sign.</summary>
    private static bool IsResp(in TextReply answer) =>
        !answer.Line.IsEmpty && "$-+*_"u8.Contains(answer.Line[0]);
}
