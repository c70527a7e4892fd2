using System.Buffers;
using System.Diagnostics;
using SessionGateway.Sessions;

namespace SessionGateway.Bench.Microbench.Sessions;

/// <summary>Our codec on the same bytes.</summary>
internal sealed class CodecLoop
{
    private const int Batch = 20;

    // The vector "nested" has 102 levels.
    private static readonly SessionLimits Limits = new() { MaxDepth = 128 };
    private static readonly SessionEncodeOptions Options = new() { Limits = Limits };

    private readonly ISessionFormat _format;
    private readonly byte[] _bytes;
    private readonly SessionTree _tree = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    public CodecLoop(ISessionFormat format, byte[] bytes)
    {
        _format = format;
        _bytes = bytes;
        Decode(_tree);
        Encode();
        if (!_output.WrittenSpan.SequenceEqual(bytes))
        {
            throw new InvalidOperationException($"{format.Name} does not write the bytes it read");
        }
    }

    /// <summary>Nanoseconds per decoding into a tree that is used again.</summary>
    public double Decode(int milliseconds) => Measure(milliseconds, () => Decode(_tree));

    /// <summary>Nanoseconds per decoding into a new tree.</summary>
    public double DecodeNew(int milliseconds) => Measure(milliseconds, () => Decode(new SessionTree()));

    /// <summary>Nanoseconds per encoding.</summary>
    public double Encode(int milliseconds) => Measure(milliseconds, Encode);

    private static double Measure(int milliseconds, Action operation)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + milliseconds * Stopwatch.Frequency / 1000;
        long operations = 0;
        long now;
        do
        {
            for (int i = 0; i < Batch; i++)
            {
                operation();
            }

            operations += Batch;
            now = Stopwatch.GetTimestamp();
        }
        while (now < end);
        return (now - start) * 1e9 / Stopwatch.Frequency / operations;
    }

    private void Decode(SessionTree tree)
    {
        if (!_format.TryDecode(_bytes, tree, Limits, out SessionError error))
        {
            throw new InvalidOperationException($"{_format.Name}: {error}");
        }
    }

    private void Encode()
    {
        _output.ResetWrittenCount();
        if (!_format.TryEncode(_tree, _output, Options, out SessionError error))
        {
            throw new InvalidOperationException($"{_format.Name}: {error}");
        }
    }
}
