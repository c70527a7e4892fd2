namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>A transport of which other threads learn that something is done; its poller hands that on to the
/// loop.</summary>
internal abstract class CompletionTransport() : StreamTransport(armsReads: true)
{
    /// <summary>The poller; known once it watches the transport.</summary>
    protected SocketPoller? Poller { get; private set; }

    /// <summary>True until it is closed.</summary>
    protected bool IsOpen { get; private set; } = true;

    /// <summary>A poller watches it from now on.</summary>
    public void Join(SocketPoller poller)
    {
        Poller = poller;
        AwaitReadable();
    }

    /// <summary>Something is done; on the loop's thread.</summary>
    public void Take(in Completion completion)
    {
        if (!IsOpen)
        {
            return;
        }

        if (completion.IsSend)
        {
            OnSendDone();
            Owner.OnSent(completion.Sent);
            if (IsOpen && !Owner.HasUnsent)
            {
                OnAllSent();
            }
        }
        else
        {
            OnReadDone();
            MayHaveInput = true;
            Owner.OnReady();
        }
    }

    /// <inheritdoc/>
    public sealed override void Close()
    {
        IsOpen = false;
        CloseStream();
    }

    /// <summary>Tells the loop that a wait for input is over; from any thread.</summary>
    protected void PostRead() => Poller!.Post(new Completion(this));

    /// <summary>Tells the loop that a send is over; from any thread.</summary>
    /// <param name="sent">Bytes, or <see cref="IoResult.Broken"/>.</param>
    protected void PostSent(int sent) => Poller!.Post(new Completion(this, IsSend: true, sent));

    /// <summary>The wait for input is over.</summary>
    protected abstract void OnReadDone();

    /// <summary>The send is over.</summary>
    protected abstract void OnSendDone();

    /// <summary>Nothing waits any more: what was kept for sending can go.</summary>
    protected virtual void OnAllSent()
    {
    }

    /// <summary>Closes the stream.</summary>
    protected abstract void CloseStream();
}
