using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using SessionGateway.Gateway.Transport;
using SessionGateway.Gateway.Transport.Sockets;
using Duplex = Pipelines.Sockets.Unofficial.SocketConnection;

namespace SessionGateway.Bench.Microbench.Pipes;

/// <summary>
/// A stream over the pipes of Pipelines.Sockets.Unofficial: what ADR 0001 compares with the gateway's own transports.
/// Not for serving: no limit of what a peer that does not read may leave in the pipe.
/// </summary>
internal sealed class PipesTransport : CompletionTransport
{
    private readonly Duplex _pipes;
    private readonly Action _onRead;
    private readonly Action _onFlushed;
    private ValueTaskAwaiter<ReadResult> _read;
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _reads;
    private bool _flushes;

    public PipesTransport(Duplex pipes)
    {
        _pipes = pipes;
        _onRead = PostRead;
        _onFlushed = () => PostSent(0);
    }

    /// <inheritdoc/>
    public override string RemoteAddress => _pipes.Socket.RemoteEndPoint?.ToString() ?? "?:0";

    /// <inheritdoc/>
    public override string LocalAddress => _pipes.Socket.LocalEndPoint?.ToString() ?? "?:0";

    /// <inheritdoc/>
    public override int Receive(Span<byte> destination)
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
    public override int Send(ReadOnlySpan<byte> bytes)
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
    public override void AwaitReadable()
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
    public override void AwaitWritable(ReadOnlySpan<byte> unsent)
    {
        // The flush that is under way reports; without one the pipe takes everything.
    }

    /// <inheritdoc/>
    protected override void OnReadDone()
    {
        _reads = false;
        // Nothing is taken here: the turn takes what it has room for.
        SequencePosition start = _read.GetResult().Buffer.Start;
        _pipes.Input.AdvanceTo(start, start);
    }

    /// <inheritdoc/>
    protected override void OnSendDone()
    {
        _flushes = false;
        _flush.GetResult();
    }

    /// <inheritdoc/>
    protected override void CloseStream() => _pipes.Dispose();
}
