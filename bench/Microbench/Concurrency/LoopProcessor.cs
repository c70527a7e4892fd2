using SessionGateway.Bench.Microbench.Store;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Bench.Microbench.Concurrency;

/// <summary>What one loop executes requests of RESP with, in as many turns as they take.</summary>
internal sealed class LoopProcessor : IOutputTaker, IDisposable
{
    private readonly byte[] _kernel = new byte[2 << 20];
    private readonly OutputBuffer _output;
    private readonly RespProcessor _processor = new();
    private readonly CommandContext _context;

    /// <param name="services">With the store that the loops share.</param>
    /// <param name="loop">Number of the loop.</param>
    /// <param name="sendsDirectly">Large values are sent from where they lie.</param>
    public LoopProcessor(CommandServices services, int loop, bool sendsDirectly)
    {
        _output = new OutputBuffer(64 << 10, 1 << 30) { Taker = sendsDirectly ? this : null };
        _context = new CommandContext(services, services.Stats.Loop(loop), _output)
        {
            Client = new RigConnection { IsAuthenticated = true },
            Now = services.StartedAt,
        };
    }

    /// <summary>CPU time of every turn in nanoseconds: no lock is held longer. Null: not kept.</summary>
    public List<float>? Turns { get; set; }

    /// <summary>Executes a request and forgets the reply.</summary>
    public void Execute(byte[] request)
    {
        int used;
        do
        {
            _context.BeginTurn();
            double start = Turns is null ? 0 : ThreadClock.Nanoseconds();
            used = _processor.Process(request, _context);
            Turns?.Add((float)(ThreadClock.Nanoseconds() - start));
            _output.Clear();
        }
        while (used == 0 && _processor.IsPaused);

        if (used != request.Length)
        {
            throw new InvalidOperationException("the request was not consumed");
        }
    }

    /// <inheritdoc/>
    int IOutputTaker.Take(ReadOnlySpan<byte> written, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end)
    {
        value.CopyTo(_kernel);
        return written.Length + value.Length + end.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Dispose();
        _output.Dispose();
    }
}
