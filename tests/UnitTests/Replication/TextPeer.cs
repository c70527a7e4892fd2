using System.Text;
using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.Protocols.Buffers;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Replication;

/// <summary>A connection that speaks memcached's text.</summary>
internal sealed class TextPeer : IDisposable
{
    private readonly CommandHost _host;
    private readonly MemcachedTextProcessor _processor = new();
    private readonly OutputBuffer _output = new(256, 1 << 20);
    private readonly CommandContext _context;

    public TextPeer(CommandHost host)
    {
        _host = host;
        _context = new CommandContext(host.Services, host.Services.Stats.Loop(0), _output) { Client = host.Open() };
    }

    /// <summary>Sends whole requests.</summary>
    public string Send(string requests)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(requests);
        _context.Now = _host.Clock.Now;
        _context.BeginTurn();
        Assert.Equal(bytes.Length, _processor.Process(bytes, _context));
        string reply = Encoding.Latin1.GetString(_output.Written);
        _output.Clear();
        return reply;
    }

    public void Dispose()
    {
        _context.Dispose();
        _output.Dispose();
    }
}
