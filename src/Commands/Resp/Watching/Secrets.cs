namespace SessionGateway.Commands.Resp.Watching;

/// <summary>Arguments that no log and no monitor shows.</summary>
internal static class Secrets
{
    /// <summary>True for the name and the password of AUTH and of HELLO … AUTH, and for passwords in CONFIG
    /// SET.</summary>
    public static bool Hides(in RespCall call, int index)
    {
        if (index == 0)
        {
            return false;
        }

        if (call.Is(0, "auth"u8))
        {
            return true;
        }

        // CONFIG SET requirepass …: no parameter here, but who tries shows a password.
        if (call.Is(0, "config"u8))
        {
            return index > 2 && index % 2 == 1 && (call.Is(index - 1, "requirepass"u8)
                || call.Is(index - 1, "masterauth"u8));
        }

        // HELLO [version [AUTH name password] [SETNAME name]]: an argument behind AUTH is never an option.
        return call.Is(0, "hello"u8) && ((index > 2 && call.Is(index - 1, "auth"u8))
            || (index > 3 && call.Is(index - 2, "auth"u8)));
    }
}
