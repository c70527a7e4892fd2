namespace SessionGateway.AspNetCore.Http;

/// <summary>The response's body as a stream, with the session stored before its first byte.</summary>
internal sealed class StoringStream(Stream inner, Func<Task> store) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
        store().GetAwaiter().GetResult();
        inner.Flush();
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await store();
        await inner.FlushAsync(cancellationToken);
    }

    // Whoever allows synchronous writes blocks for the network anyway.
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        store().GetAwaiter().GetResult();
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Task stored = store();
        return stored.IsCompletedSuccessfully ? inner.WriteAsync(buffer, cancellationToken)
            : WriteAfterAsync(stored, buffer, cancellationToken);
    }

    private async ValueTask WriteAfterAsync(Task stored, ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken)
    {
        await stored;
        await inner.WriteAsync(buffer, cancellationToken);
    }
}
