using System.Buffers;
using System.IO.Pipelines;

namespace SessionGateway.AspNetCore.Http;

/// <summary>
/// The response's body as a pipe, with the session stored before its first byte. What is written before the first flush
/// waits here rather than in the server: if the session cannot be stored it is dropped, and another page can be
/// written.
/// </summary>
internal sealed class StoringWriter(PipeWriter inner, Func<Task> store) : PipeWriter
{
    // Null once bytes go straight to the server.
    private ArrayBufferWriter<byte>? _waiting = new();

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (_waiting?.WrittenCount ?? 0);

    public override void Advance(int bytes)
    {
        if (_waiting is { } waiting)
        {
            waiting.Advance(bytes);
        }
        else
        {
            inner.Advance(bytes);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _waiting?.GetMemory(sizeHint) ?? inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) =>
        _waiting is { } waiting ? waiting.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        OpenAsync().AsTask().GetAwaiter().GetResult();
        inner.Complete(exception);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        await OpenAsync();
        await inner.CompleteAsync(exception);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ValueTask opened = OpenAsync();
        return opened.IsCompletedSuccessfully
            ? inner.FlushAsync(cancellationToken) : FlushAfterAsync(opened, cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default)
    {
        ValueTask opened = OpenAsync();
        return opened.IsCompletedSuccessfully ? inner.WriteAsync(source, cancellationToken)
            : WriteAfterAsync(opened, source, cancellationToken);
    }

    /// <summary>Stores the session and hands on what has waited.</summary>
    internal ValueTask OpenAsync() => _waiting is null ? default : OpenFirstAsync();

    private async ValueTask OpenFirstAsync()
    {
        try
        {
            await store();
        }
        catch
        {
            _waiting = new ArrayBufferWriter<byte>();
            throw;
        }

        if (_waiting is { } waiting)
        {
            _waiting = null;
            inner.Write(waiting.WrittenSpan);
        }
    }

    private async ValueTask<FlushResult> FlushAfterAsync(ValueTask opened, CancellationToken cancellationToken)
    {
        await opened;
        return await inner.FlushAsync(cancellationToken);
    }

    private async ValueTask<FlushResult> WriteAfterAsync(ValueTask opened, ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken)
    {
        await opened;
        return await inner.WriteAsync(source, cancellationToken);
    }
}
