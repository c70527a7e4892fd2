using System.Text;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>Logging in, for AUTH and HELLO.</summary>
internal static class Login
{
    /// <summary>
    /// Logs the connection in when user and password fit. Without a login configured the default user has no
    /// password.
    /// </summary>
    public static bool Try(in RespCall call, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
        Credentials credentials = call.Services.Credentials;
        call.Stats.AuthCommands++;
        bool accepted = credentials.AreRequired
            ? credentials.Accepts(user, password)
            : user.SequenceEqual("default"u8);
        if (!accepted)
        {
            FailedLogin.Note(call.Context, call.Stats);
            return false;
        }

        call.Client.User = Encoding.UTF8.GetString(user);
        call.Client.IsAuthenticated = true;
        return true;
    }
}
