using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <content>
/// How a connection whose requests are executed here becomes one that is spliced, because another process is the
/// primary, and back (ADR 0039).
/// </content>
internal sealed partial class Connection
{
    // Redis 7, disconnectAllBlockedClients.
    private static ReadOnlySpan<byte> Unblocked =>
        "-UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)\r\n"u8;

    /// <summary>The primary has its conversation from now on: what was kept here for it ends.</summary>
    public void OnUpstreamOpened()
    {
        _processor?.OnClosed(Loop.ContextFor(this));
        _processor = null;
    }

    // This process is the primary no more, and the client was not forwarded. What it waits for, has queued or watches
    // is another server's now; what waits for its turn is forwarded then.
    private void LeaveRole()
    {
        if (IsParked && _processor is { IsBlocked: true })
        {
            SendFresh(Unblocked);
            CloseAfterReply = true;
            DiscardUnread();
            Close();
        }
        else if (HoldsReplies || _processor is { IsBound: true })
        {
            CloseAfterReply = true;
        }

        if (IsOpen && CloseAfterReply)
        {
            Loop.Enqueue(this);
        }
    }

    // What it has said here is said to the primary first. What it keeps here stays until the primary has heard of it.
    private void Forward()
    {
        if (HoldsReplies)
        {
            // Some are of writes of which nobody here can say any more what becomes of them.
            CloseAfterReply = true;
            return;
        }

        CommandContext context = Loop.ContextFor(this);
        var tracker = ConversationTracker.Create(Protocol);
        IReadOnlyList<byte[]> greeting = _processor!.Greeting(context, out int once);
        for (int i = 0; i < greeting.Count; i++)
        {
            tracker.Greet(greeting[i], isOnce: i >= greeting.Count - once);
        }

        BeginSplice(tracker);
    }

    // Requests are executed here from now on. Nothing is on its way; what the client said of itself to another server
    // is said here, unless nobody else has heard of it.
    private void ComeHome()
    {
        Upstream upstream = _upstream!;
        upstream.Close();
        _upstream = null;
        IsForwarded = false;
        if (Protocol != WireProtocol.Resp)
        {
            _processor = Loop.CreateProcessor(Protocol);
        }
        else if (_processor is null)
        {
            _processor = Loop.CreateProcessor(Protocol);
            Repeat(upstream);
        }

        HasRunnableInput = !_input.IsEmpty;
        _needBytes = 0;
        Loop.Enqueue(this);
    }

    private void Repeat(Upstream upstream)
    {
        ByteQueue said = default;
        upstream.WriteGreeting(ref said);
        CommandContext context = Loop.ContextFor(this);
        context.BeginTurn(said.Length + 1);
        int start = context.Output.Length;
        bool isSaid = _processor!.Process(said.Bytes, context) == said.Length && !IsParked;
        isSaid &= !context.Output.Written[start..].StartsWith("-"u8)
            && context.Output.Written[start..].IndexOf("\r\n-"u8) < 0;
        context.Output.Truncate(start);
        said.Free();
        CloseAfterReply |= !isSaid;
    }
}
