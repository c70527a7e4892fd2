using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.UnitTests.Support;

/// <summary>One RESP conversation with the processor: sends requests, returns replies.</summary>
public sealed partial class RespPeer : IDisposable
{
    private readonly CommandHost _host;
    private readonly RespProcessor _processor = new();
    private readonly List<byte> _waiting = [];
    private readonly OutputBuffer _output;

    /// <summary>Opens a connection.</summary>
    public RespPeer(CommandHost? host = null, int maxOutputBytes = 16 << 20)
    {
        _host = host ?? new CommandHost();
        Connection = _host.Open();
        _output = new OutputBuffer(256, maxOutputBytes);
        Context = new CommandContext(_host.Services, _host.Services.Stats.Loop(0), _output)
        {
            Client = Connection,
        };
        OwningTests.Own(this);
    }

    /// <summary>The connection.</summary>
    public TestConnection Connection { get; }

    /// <summary>What the processor works with.</summary>
    public CommandContext Context { get; }

    /// <summary>Bytes that were sent and not consumed.</summary>
    public int Unconsumed => _waiting.Count;

    /// <summary>Turns that were needed so far.</summary>
    public int Turns { get; private set; }

    /// <summary>Called between the turns of a request: what others do meanwhile.</summary>
    public Action? BetweenTurns { get; set; }

    /// <summary>Most bytes that one turn wrote.</summary>
    public int LongestOutput { get; private set; }

    /// <summary>
    /// Sends a request as an array of bulk strings. Words are separated by blanks or stand in double quotes, with
    /// \r \n \0 \" \\ as escapes. The reply comes with its line ends as blanks: <c>*2 $1 a :1</c>.
    /// </summary>
    public string Send(string line) => Readable(SendRaw(Encode(line)));

    /// <summary>The bytes of a request.</summary>
    public static byte[] Encode(string line)
    {
        List<string> words =
            [.. Words().Matches(line).Select(m => m.Groups[1].Success ? Unescape(m.Groups[1].Value) : m.Value)];
        return RespRequestWriter.Encode([.. words.Select(Segments.BytesOf)]);
    }

    /// <summary>Sends bytes and returns what comes back.</summary>
    public string SendRaw(ReadOnlySpan<byte> bytes)
    {
        _waiting.AddRange(bytes);
        var reply = new StringBuilder();
        while (_waiting.Count > 0 && !Connection.CloseAfterReply && !Connection.IsParked)
        {
            Context.Now = _host.Clock.Now;
            Context.BeginTurn();
            Turns++;
            Connection.Running = _output;
            int used = _processor.Process(_waiting.ToArray(), Context);
            Connection.Running = null;
            _waiting.RemoveRange(0, used);
            LongestOutput = Math.Max(LongestOutput, Context.Output.Length);
            reply.Append(Encoding.Latin1.GetString(Context.Output.Written));
            Context.Output.Clear();
            if (used == 0 && !_processor.IsPaused)
            {
                break;
            }

            if (_processor.IsPaused)
            {
                BetweenTurns?.Invoke();
            }
        }

        return reply.ToString();
    }

    /// <summary>Sends bytes, one a char.</summary>
    public string SendRaw(string wire) => SendRaw(Segments.BytesOf(wire));

    /// <summary>Sends requests one after the other and checks the replies.</summary>
    public RespPeer Expect(string line, string reply)
    {
        Assert.Equal(reply, Send(line));
        return this;
    }

    /// <summary>What was pushed, readable.</summary>
    public string TakePushed() => Readable(Connection.TakePushed());

    /// <summary>The connection ends.</summary>
    public void Close()
    {
        _processor.OnClosed(Context);
        _host.Close(Connection);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Context.Dispose();
        _output.Dispose();
    }

    private static string Readable(string reply) => reply.Replace("\r\n", " ", StringComparison.Ordinal).TrimEnd(' ');

    private static string Unescape(string text) => text.Replace("\\r", "\r", StringComparison.Ordinal)
        .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\0", "\0", StringComparison.Ordinal)
        .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex("""\"((?:[^\"\\]|\\.)*)\"|\S+""")]
    private static partial Regex Words();
}
