using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGateway.AspNetCore.Http;

/// <summary>
/// The way of the response's body, with the session stored before its first byte. What fails then fails in the hands of
/// whoever writes, while nothing is sent: an exception handler can still answer. (A callback of <c>OnStarting</c> that
/// fails makes the server refuse every further byte.)
/// </summary>
/// <param name="inner">The server's way.</param>
/// <param name="store">Stores the session; quick and without effect after the first time.</param>
internal sealed class StoringBodyFeature(IHttpResponseBodyFeature inner, Func<Task> store) : IHttpResponseBodyFeature
{
    private StoringStream? _stream;
    private StoringWriter? _writer;

    public Stream Stream => _stream ??= new StoringStream(inner.Stream, OpenAsync);

    public PipeWriter Writer => _writer ??= new StoringWriter(inner.Writer, store);

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await OpenAsync();
        await inner.StartAsync(cancellationToken);
    }

    public async Task SendFileAsync(string path, long offset, long? count,
        CancellationToken cancellationToken = default)
    {
        await OpenAsync();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        await OpenAsync();
        await inner.CompleteAsync();
    }

    /// <summary>Stores the session; what waits in the pipe then goes before what is written in another way.</summary>
    public Task OpenAsync() => _writer is { } writer ? writer.OpenAsync().AsTask() : store();
}
