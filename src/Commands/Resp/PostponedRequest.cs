namespace SessionGateway.Commands.Resp;

/// <summary>A request that waits for the end of a CLIENT PAUSE. Nothing of it has been done: then it is run from its
/// start.</summary>
/// <param name="pause">What it waits for.</param>
/// <param name="client">Whose request it is.</param>
internal sealed class PostponedRequest(ClientPause pause, ClientConnection client) : PausedRequest
{
    private int _token;

    public override bool HasBegunAnswer => false;

    /// <summary>CLIENT REPLY SKIP was meant for it.</summary>
    public bool WasSkipped { get; set; }

    public override bool GoOn(in RespCall call)
    {
        Park(call);
        return false;
    }

    /// <summary>Whether the pause lasts. A stricter one may have come for it meanwhile: the command is asked again when
    /// it runs.</summary>
    public bool MustWait(in RespCall call) => pause.IsOn && call.Now < pause.Until;

    /// <summary>Waits, again.</summary>
    public void Park(in RespCall call)
    {
        long rest = Math.Max(1, pause.Until - call.Now);
        Volatile.Write(ref _token, client.Park(client.DeadlineAfter(rest)));
        pause.Add(this);

        // It may have ended before anybody knew that this one waits.
        if (!pause.IsOn)
        {
            Wake();
        }
    }

    public override void Release() => pause.Remove(this);

    /// <summary>The pause is over; from any thread.</summary>
    public void Wake() => client.Wake(Volatile.Read(ref _token));
}
