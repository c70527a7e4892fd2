using System.Text;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>Gets a value by RESP, which shows no flags.</summary>
internal static class RespFetch
{
    /// <summary>Asks.</summary>
    /// <exception cref="SessionToolException">No such key, another type of value, or no answer.</exception>
    public static StoredValue Get(FetchTarget target)
    {
        using var connection = new ToolConnection(target.Address);
        if (target.Password is not null)
        {
            // Redis before version 6 has no users.
            string[] login = target.User == FetchErrors.DefaultUser ? ["AUTH", target.Password] : ["AUTH", target.User, target.Password];
            Expect(connection, "login refused", login);
        }

        if (target.Database != 0)
        {
            Expect(connection, $"database {target.Database}", "SELECT", $"{target.Database}");
        }

        string answer = Ask(connection, "GET", target.Key);
        return answer switch
        {
            "$-1" or "_" => throw FetchErrors.NotFound(target),
            ['$', .. var length] => new StoredValue(target.Key, connection.ReadBlock(length), 0),
            ['-', 'N', 'O', 'A', 'U', 'T', 'H', ..] => throw FetchErrors.NeedsLogin,
            ['-', 'W', 'R', 'O', 'N', 'G', 'T', 'Y', 'P', 'E', ..] => throw new SessionToolException($"'{target.Key}' holds no string"),
            _ => throw connection.Unexpected(answer),
        };
    }

    private static void Expect(ToolConnection connection, string what, params string[] words)
    {
        string answer = Ask(connection, words);
        if (answer != "+OK")
        {
            throw new SessionToolException($"{what}: {answer.TrimStart('-')}");
        }
    }

    private static string Ask(ToolConnection connection, params string[] words)
    {
        var request = new StringBuilder($"*{words.Length}\r\n");
        foreach (string word in words)
        {
            request.Append($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        connection.Send(Encoding.UTF8.GetBytes(request.ToString()));
        return connection.ReadLine();
    }
}
