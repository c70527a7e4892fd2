using System.Text;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text.Client;

namespace SessionGateway.Gateway.Transfer;

/// <summary>Storage requests of memcached's text protocol that are gathered and sent together.</summary>
internal sealed class TextPipeline(ToolConnection connection) : IDisposable
{
    private const int FirstBytes = 64 << 10;
    private const int MostGatheredBytes = 256 << 10;

    private readonly OutputBuffer _requests = new(FirstBytes, int.MaxValue);

    /// <summary>It is time to send.</summary>
    public bool IsFull => _requests.Length >= MostGatheredBytes;

    /// <summary>Logs in: a set of any key, whose value is user and password.</summary>
    /// <exception cref="SessionToolException">They are wrong.</exception>
    public void LogIn(string words)
    {
        Store("set"u8, "auth"u8, 0, 0, Encoding.UTF8.GetBytes(words));
        Flush();
        TextReply reply = Read();
        if (!reply.Is("STORED"u8))
        {
            throw new SessionToolException($"login refused: {Encoding.UTF8.GetString(reply.Line)}");
        }
    }

    /// <summary>Gathers a storage request.</summary>
    public void Store(
        ReadOnlySpan<byte> verb, ReadOnlySpan<byte> key, uint flags, long exptime, ReadOnlySpan<byte> value)
    {
        var writer = new SpanWriter(_requests.GetSpan(TextRequestWriter.MaxLength(key.Length, value.Length)));
        writer.WriteStorage(verb, key, flags, exptime, value);
        _requests.Advance(writer.Length);
    }

    /// <summary>Sends what was gathered.</summary>
    public void Flush()
    {
        connection.Send(_requests.Written);
        _requests.Clear(FirstBytes);
    }

    /// <summary>The next answer; valid until the next call.</summary>
    public TextReply Read() => connection.ReadText();

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        connection.Dispose();
    }
}
