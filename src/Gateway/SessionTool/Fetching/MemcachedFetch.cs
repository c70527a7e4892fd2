using System.Globalization;
using System.Text;

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
    /// <exception cref="SessionToolException">No such key, or no answer.</exception>
    public static StoredValue? Get(FetchTarget target)
    {
        using var connection = new ToolConnection(target.Address);
        if (target.Password is not null)
        {
            string token = $"{target.User} {target.Password}";
            connection.Send(Encoding.UTF8.GetBytes($"set auth 0 0 {Encoding.UTF8.GetByteCount(token)}\r\n{token}\r\n"));
            string login = connection.ReadLine();
            if (IsResp(login))
            {
                return null;
            }

            if (login != "STORED")
            {
                throw new SessionToolException($"login refused: {login}");
            }
        }

        connection.Send(Encoding.UTF8.GetBytes($"get {target.Key}\r\n"));
        string answer = connection.ReadLine();
        if (IsResp(answer))
        {
            return null;
        }

        if (answer == "END")
        {
            throw FetchErrors.NotFound(target);
        }

        if (answer == "CLIENT_ERROR unauthenticated")
        {
            throw FetchErrors.NeedsLogin;
        }

        // VALUE key flags length
        string[] words = answer.Split(' ');
        return words is ["VALUE", _, var flags, var length]
            && uint.TryParse(flags, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? new StoredValue(target.Key, connection.ReadBlock(length), number)
            : throw connection.Unexpected(answer);
    }

    /// <summary>memcached's answers are words; RESP's start with a sign.</summary>
    private static bool IsResp(string answer) => answer is ['$' or '-' or '+' or '*' or '_', ..];
}
