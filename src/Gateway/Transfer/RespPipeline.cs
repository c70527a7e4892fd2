using System.Text;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Transfer;

/// <summary>Requests that are gathered, sent together, and answered in their order.</summary>
internal sealed class RespPipeline(ToolConnection connection, string place) : IDisposable
{
    private const int FirstBytes = 64 << 10;
    private const int MostGatheredBytes = 256 << 10;
    private const int MostGathered = 512;

    private readonly OutputBuffer _requests = new(FirstBytes, int.MaxValue);
    private int _gathered;

    /// <summary>Where it goes.</summary>
    public string Place => place;

    /// <summary>It is time to send.</summary>
    public bool IsFull => _gathered >= MostGathered || _requests.Length >= MostGatheredBytes;

    /// <summary>Begins a request of so many arguments, the first of them the command.</summary>
    public void Begin(int count)
    {
        _gathered++;
        _requests.WriteArray(count);
    }

    /// <summary>An argument.</summary>
    public void Argument(ReadOnlySpan<byte> argument) => _requests.WriteBulk(argument);

    /// <summary>A number as an argument.</summary>
    public void Argument(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        var writer = new SpanWriter(digits);
        writer.WriteNumber(number);
        _requests.WriteBulk(writer.Written);
    }

    /// <summary>An argument in parts.</summary>
    public void Argument(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        _requests.WriteBulkLength(first.Length + second.Length + third.Length);
        _requests.Write(first);
        _requests.Write(second);
        _requests.Write(third);
        _requests.Write("\r\n"u8);
    }

    /// <summary>Sends what was gathered.</summary>
    public void Flush()
    {
        connection.Send(_requests.Written);
        _requests.Clear(FirstBytes);
        _gathered = 0;
    }

    /// <summary>The next answer, at its first value; valid until the next call.</summary>
    public RespReplyReader Read()
    {
        RespReplyReader reply = connection.ReadResp();
        reply.Read();
        return reply;
    }

    /// <summary>Asks and waits, with nothing else under way.</summary>
    public RespReplyReader Ask(params ReadOnlySpan<string> words)
    {
        Begin(words.Length);
        foreach (string word in words)
        {
            Argument(Encoding.UTF8.GetBytes(word));
        }

        Flush();
        return Read();
    }

    /// <summary>Asks for what must not fail.</summary>
    /// <exception cref="SessionToolException">It does.</exception>
    public RespReplyReader Expect(string what, params ReadOnlySpan<string> words)
    {
        RespReplyReader reply = Ask(words);
        return !reply.IsError ? reply
            : throw new SessionToolException($"{place}: {what}: {Encoding.UTF8.GetString(reply.Text)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        connection.Dispose();
    }
}
