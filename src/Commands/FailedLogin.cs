namespace SessionGateway.Commands;

/// <summary>What a failed login means in every protocol.</summary>
internal static class FailedLogin
{
    /// <summary>
    /// Counts it. The answer may be kept back, and nothing further of the connection is executed before it is sent. A
    /// right password is never kept waiting: one program with a wrong password must not lock out the others of its
    /// machine.
    /// </summary>
    public static void Note(CommandContext context, ProtocolStats stats)
    {
        stats.AuthErrors++;
        if (context.Services.Logins?.Failed(context.Client.RemoteAddress, context.Now) is > 0 and int delay)
        {
            context.Client.ReplyNotBefore = context.Now + delay;
            context.RequestBudget = 0;
        }
    }
}
