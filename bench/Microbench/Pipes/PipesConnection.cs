using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;
using Duplex = Pipelines.Sockets.Unofficial.SocketConnection;

namespace SessionGateway.Bench.Microbench.Pipes;

/// <summary>
/// The gateway's conversation over the pipes of Pipelines.Sockets.Unofficial: what ADR 0001 compares with its own
/// transports. Not for serving: no limit of what a peer that does not read may leave in the pipe.
/// </summary>
internal sealed class PipesConnection : Connection
{
    private readonly Duplex _pipes;
    private readonly Action _onRead;
    private readonly Action _onFlushed;
    private ValueTaskAwaiter<ReadResult> _read;
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _reads;
    private bool _flushes;

    public PipesConnection(EventLoop loop, Duplex pipes)
        : base(loop, ListenerProtocol.Auto)
    {
        _pipes = pipes;
        _onRead = () => Loop.Post(new LoopMessage(LoopMessageKind.Readable, this));
        _onFlushed = () => Loop.Post(new LoopMessage(LoopMessageKind.Writable, this));
    }

    /// <inheritdoc/>
    public override string RemoteAddress => _pipes.Socket.RemoteEndPoint?.ToString() ?? "?:0";

    /// <inheritdoc/>
    public override string LocalAddress => _pipes.Socket.LocalEndPoint?.ToString() ?? "?:0";

    /// <summary>Starts to watch for input.</summary>
    public void Start() => AwaitReadable();

    /// <inheritdoc/>
    public override void OnReadable()
    {
        _reads = false;
        if (IsOpen)
        {
            // Nothing is taken here: the turn takes what it has room for.
            SequencePosition start = _read.GetResult().Buffer.Start;
            _pipes.Input.AdvanceTo(start, start);
        }

        base.OnReadable();
    }

    /// <inheritdoc/>
    public override void OnWritable(int sent)
    {
        _flushes = false;
        if (IsOpen)
        {
            _flush.GetResult();
            base.OnWritable(sent);
        }
    }

    /// <inheritdoc/>
    protected override int Receive(Span<byte> destination)
    {
        if (!_pipes.Input.TryRead(out ReadResult result))
        {
            return IoResult.WouldBlock;
        }

        int count = (int)Math.Min(result.Buffer.Length, destination.Length);
        result.Buffer.Slice(0, count).CopyTo(destination);
        _pipes.Input.AdvanceTo(result.Buffer.GetPosition(count));
        return count > 0 || result.IsCompleted ? count : IoResult.WouldBlock;
    }

    /// <inheritdoc/>
    protected override int Send(ReadOnlySpan<byte> bytes)
    {
        if (_flushes)
        {
            return IoResult.WouldBlock;
        }

        _pipes.Output.Write(bytes);
        _flush = _pipes.Output.FlushAsync().GetAwaiter();
        if (_flush.IsCompleted)
        {
            _flush.GetResult();
        }
        else
        {
            _flushes = true;
            _flush.UnsafeOnCompleted(_onFlushed);
        }

        return bytes.Length;
    }

    /// <inheritdoc/>
    protected override void AwaitReadable()
    {
        if (_reads || !IsOpen)
        {
            return;
        }

        _reads = true;
        _read = _pipes.Input.ReadAsync().GetAwaiter();
        if (_read.IsCompleted)
        {
            _onRead();
        }
        else
        {
            _read.UnsafeOnCompleted(_onRead);
        }
    }

    /// <inheritdoc/>
    protected override void AwaitWritable()
    {
        // The flush that is under way reports; without one the pipe takes everything.
    }

    /// <inheritdoc/>
    protected override void CloseTransport() => _pipes.Dispose();
}
