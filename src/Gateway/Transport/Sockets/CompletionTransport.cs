using System.Net.Sockets;

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
        if (ConnectState == SocketError.Success)
        {
            AwaitReadable();
        }
    }

    /// <summary>Something is done; on the loop's thread.</summary>
    public void Take(in Completion completion)
    {
        if (!IsOpen)
        {
            return;
        }

        switch (completion.Kind)
        {
            case CompletionKind.Sent:
                OnSendDone();
                Owner.OnSent(completion.Result);
                if (IsOpen && !Owner.HasUnsent)
                {
                    OnAllSent();
                }

                break;
            case CompletionKind.Connected:
                OnConnectDone((SocketError)completion.Result);
                Owner.OnReady();
                break;
            default:
                OnReadDone();
                MayHaveInput = true;
                Owner.OnReady();
                break;
        }
    }

    /// <inheritdoc/>
    public sealed override void Close()
    {
        IsOpen = false;
        CloseStream();
    }

    /// <summary>Tells the loop that a wait for input is over; from any thread.</summary>
    protected void PostRead() => Poller!.Post(new Completion(this, CompletionKind.Readable));

    /// <summary>Tells the loop that a send is over; from any thread.</summary>
    /// <param name="sent">Bytes, or <see cref="IoResult.Broken"/>.</param>
    protected void PostSent(int sent) => Poller!.Post(new Completion(this, CompletionKind.Sent, sent));

    /// <summary>Tells the loop how a connect ended; from any thread.</summary>
    protected void PostConnected(SocketError error) =>
        Poller!.Post(new Completion(this, CompletionKind.Connected, (int)error));

    /// <summary>The wait for input is over.</summary>
    protected abstract void OnReadDone();

    /// <summary>The send is over.</summary>
    protected abstract void OnSendDone();

    /// <summary>The connect is over.</summary>
    protected virtual void OnConnectDone(SocketError error)
    {
    }

    /// <summary>Nothing waits any more: what was kept for sending can go.</summary>
    protected virtual void OnAllSent()
    {
    }

    /// <summary>Closes the stream.</summary>
    protected abstract void CloseStream();
}
