using System.Text;
using SessionGateway.Protocols.Resp.Client;

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
            string[] login = target.User == FetchErrors.DefaultUser
                ? ["AUTH", target.Password] : ["AUTH", target.User, target.Password];
            Expect(connection, "login refused", login);
        }

        if (target.Database != 0)
        {
            Expect(connection, $"database {target.Database}", "SELECT", $"{target.Database}");
        }

        RespReplyReader answer = Ask(connection, "GET", target.Key);
        return answer.Kind switch
        {
            RespReplyKind.Null => throw FetchErrors.NotFound(target),
            RespReplyKind.Bulk => new StoredValue(target.Key, answer.Text.ToArray(), 0),
            RespReplyKind.Error when answer.Text.StartsWith("NOAUTH"u8) => throw FetchErrors.NeedsLogin,
            RespReplyKind.Error when answer.Text.StartsWith("WRONGTYPE"u8) =>
                throw FetchErrors.NoString(target),
            _ => throw connection.Unexpected(answer.Text),
        };
    }

    /// <summary>True when the server speaks RESP and the key holds something that is no string.</summary>
    public static bool HoldsAnother(FetchTarget target)
    {
        try
        {
            Get(target);
            return false;
        }
        catch (SessionToolException e)
        {
            return e.Message == FetchErrors.NoString(target).Message;
        }
    }

    private static void Expect(ToolConnection connection, string what, params string[] words)
    {
        RespReplyReader answer = Ask(connection, words);
        if (answer.Kind != RespReplyKind.Simple)
        {
            throw new SessionToolException($"{what}: {Encoding.UTF8.GetString(answer.Text)}");
        }
    }

    private static RespReplyReader Ask(ToolConnection connection, params string[] words)
    {
        connection.Send(RespRequestWriter.Encode([.. words.Select(Encoding.UTF8.GetBytes)]));
        RespReplyReader answer = connection.ReadResp();
        answer.Read();
        return answer;
    }
}
