using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Segments;

namespace SessionGateway.Bench.Microbench;

/// <summary>A protocol processor over a store, without any socket: what parsing, executing and answering
/// cost.</summary>
public sealed class ProcessorRig : IDisposable
{
    private readonly OutputBuffer _output = new(64 << 10, 1 << 30);
    private readonly SegmentItemStore _store = new(1L << 30, seed: 1);
    private readonly ProtocolProcessor _processor;
    private readonly CommandContext _context;

    /// <summary>Prepares for an operation.</summary>
    public ProcessorRig(Operation operation)
    {
        CommandServices services = RigServices.For(_store, loops: 1);
        _context = new CommandContext(services, services.Stats.Loop(0), _output)
        {
            Client = new RigConnection { IsAuthenticated = true },
            Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        };
        _processor = ProtocolDetector.Detect(operation.Preparation[0], ListenerProtocol.Auto) switch
        {
            WireProtocol.MemcachedBinary => new MemcachedBinaryProcessor(),
            WireProtocol.Resp => new RespProcessor(),
            _ => new MemcachedTextProcessor(),
        };
        Execute(operation.Preparation);
        Execute(operation.Request);
    }

    /// <summary>Executes a request and forgets the reply.</summary>
    /// <returns>Bytes of the reply.</returns>
    public int Execute(byte[] request)
    {
        _context.RequestBudget = int.MaxValue;
        if (_processor.Process(request, _context) != request.Length)
        {
            throw new InvalidOperationException("the request was not consumed");
        }

        int length = _output.Length;
        _output.Clear();
        return length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Dispose();
        _output.Dispose();
        _store.Dispose();
    }
}
