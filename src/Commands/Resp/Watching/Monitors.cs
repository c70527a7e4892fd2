namespace SessionGateway.Commands.Resp.Watching;

/// <summary>
/// The connections that are sent every command (MONITOR). Nobody waits for them: what one does not read waits for it as
/// a subscriber's messages do, and beyond the same limit it is closed.
/// </summary>
internal sealed class Monitors
{
    private readonly Lock _lock = new();
    private volatile (ClientConnection Client, PushSource Source)[] _all = [];

    /// <summary>Somebody listens; from any thread.</summary>
    public bool AreAny => _all.Length > 0;

    /// <summary>Has a connection sent what is executed from now on.</summary>
    public static void Join(in RespCall call)
    {
        CommandWatch watch = call.Services.Resp.Watch;
        call.Connection.Monitor = new PushSource();
        call.Client.IsMonitor = true;
        lock (watch.Monitors._lock)
        {
            watch.Monitors._all = [.. watch.Monitors._all, (call.Client, call.Connection.Monitor)];
        }

        watch.Refresh();
    }

    /// <summary>Ends that, if it was so; what was not delivered yet is dropped.</summary>
    public static void Leave(CommandServices services, RespConversation connection, ClientConnection client)
    {
        if (connection.Monitor is not { } source)
        {
            return;
        }

        source.End();
        connection.Monitor = null;
        client.IsMonitor = false;
        CommandWatch watch = services.Resp.Watch;
        lock (watch.Monitors._lock)
        {
            watch.Monitors._all = [.. watch.Monitors._all.Where(m => m.Client != client)];
        }

        watch.Refresh();
    }

    /// <summary>Sends a command to all, unless it is one of administrators or QUIT, which none is shown.</summary>
    public void Tell(in RespCall call, RespCommand command)
    {
        if ((command.Flags & (CommandFlags.SkipMonitor | CommandFlags.Admin)) == 0 && command.Name != "quit")
        {
            Tell(call);
        }
    }

    /// <summary>Sends a script to all, before its commands; once, when it has to wait and is run again.</summary>
    public void TellScript(in RespCall call)
    {
        if (AreAny && !call.Connection.IsScriptTold)
        {
            call.Connection.IsScriptTold = true;
            Tell(call);
        }
    }

    private void Tell(in RespCall call)
    {
        (ClientConnection Client, PushSource Source)[] all = _all;
        if (all.Length == 0)
        {
            return;
        }

        byte[] line = MonitorLine.Of(call);
        call.Context.Spend(all.Length + WorkUnits.ForBytes((long)line.Length * all.Length));
        var message = new PushedMessage([], line) { Type = (byte)'+' };
        foreach ((ClientConnection client, PushSource source) in all)
        {
            // Of its own command it is told right behind the answer, so that a later RESET or QUIT finds nothing
            // waiting; behind all answers of EXEC, which are one array.
            if (client == call.Client && !call.Connection.RunsQueue)
            {
                call.TakePushes();
                message.WriteTo(call.Output, call.Version);
                call.Connection.SettlePush(call.Output);
            }
            else
            {
                client.Push(source, message);
            }
        }
    }
}
