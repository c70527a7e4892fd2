using System.Text;
using SessionGateway.Commands;
using SessionGateway.Commands.Memcached;
using SessionGateway.Commands.Resp;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Bench.Microbench.Scale;

/// <summary>
/// What one event loop does between its system calls: batches of pipelined requests, half gets, half sets of 1 KB with
/// a new value each, through processor, commands and store into the output buffer. Every batch's reply must have its
/// length.
/// </summary>
internal sealed class LoopRig : IDisposable
{
    public const int RequestsPerBatch = 16;
    public const int ValueBytes = 1024;
    private const string Prefix = "memc.sess.key.";
    private const int KeyBytes = 40;
    private const int Digits = KeyBytes - 14;

    private readonly OutputBuffer _output = new(64 << 10, 1 << 30);
    private readonly ProtocolProcessor _processor;
    private readonly CommandContext _context;
    private readonly byte[] _keys;
    private readonly byte[] _batch;
    private readonly int[] _keyAt = new int[RequestsPerBatch];
    private readonly int[] _valueAt = new int[RequestsPerBatch];
    private readonly int _keyCount;
    private readonly int _replyBytes;
    private uint _random;
    private ulong _version;

    /// <param name="services">With the store that the loops share.</param>
    /// <param name="loop">Number of the loop.</param>
    /// <param name="isResp">RESP instead of memcached text.</param>
    /// <param name="keyCount">Keys of the store, all written by <see cref="Fill"/>.</param>
    public LoopRig(CommandServices services, int loop, bool isResp, int keyCount)
    {
        _keyCount = keyCount;
        _random = (uint)((loop * 7919) + 12_345);
        _version = (ulong)(loop + 1) << 56;
        _keys = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, keyCount).Select(NameOf)));
        _processor = isResp ? new RespProcessor() : new MemcachedTextProcessor();
        _context = new CommandContext(services, services.Stats.Loop(loop), _output)
        {
            Client = new RigConnection { IsAuthenticated = true },
            Now = services.StartedAt,
        };
        _batch = MakeBatch(isResp);
        string value = new('v', ValueBytes);
        _replyBytes = RequestsPerBatch / 2 * (isResp
            ? "+OK\r\n$1024\r\n\r\n".Length + ValueBytes
            : "STORED\r\n".Length + $"VALUE {NameOf(0)} 0 {ValueBytes}\r\n{value}\r\nEND\r\n".Length);
    }

    /// <summary>Writes every key once: half of each batch are writes.</summary>
    public void Fill()
    {
        for (int key = 0; key < _keyCount; key += RequestsPerBatch / 2)
        {
            for (int i = 0; i < RequestsPerBatch; i++)
            {
                // The set comes before the get of the same key.
                Name(i, Math.Min(_keyCount - 1, key + (i / 2)));
            }

            Process();
        }
    }

    /// <summary>Executes a batch of requests on random keys.</summary>
    public void Execute()
    {
        for (int i = 0; i < RequestsPerBatch; i++)
        {
            _random = (_random * 1_664_525) + 1_013_904_223;
            Name(i, (int)(((ulong)_random * (uint)_keyCount) >> 32));
        }

        Process();
    }

    public void Dispose()
    {
        _context.Dispose();
        _output.Dispose();
    }

    private static string NameOf(int key) => Prefix + key.ToString($"D{Digits}");

    private void Name(int request, int key)
    {
        _keys.AsSpan(key * KeyBytes, KeyBytes).CopyTo(_batch.AsSpan(_keyAt[request]));
        if (_valueAt[request] > 0)
        {
            // A write of the value that is there already would be skipped.
            BitConverter.TryWriteBytes(_batch.AsSpan(_valueAt[request]), ++_version);
        }
    }

    private void Process()
    {
        _context.Now++;
        _context.RequestBudget = int.MaxValue;
        int consumed = 0;
        while (consumed < _batch.Length)
        {
            int step = _processor.Process(_batch.AsSpan(consumed), _context);
            consumed += step > 0 ? step : throw new InvalidOperationException("A request was not consumed.");
        }

        if (_output.Length != _replyBytes)
        {
            throw new InvalidOperationException($"The replies have {_output.Length} bytes instead of {_replyBytes}.");
        }

        _output.Clear();
    }

    private byte[] MakeBatch(bool isResp)
    {
        var batch = new StringBuilder();
        for (int i = 0; i < RequestsPerBatch; i++)
        {
            bool isSet = i % 2 == 0;
            batch.Append(isResp
                ? isSet ? $"*4\r\n$5\r\nSETEX\r\n${KeyBytes}\r\n" : $"*2\r\n$3\r\nGET\r\n${KeyBytes}\r\n"
                : isSet ? "set " : "get ");
            _keyAt[i] = batch.Length;
            batch.Append(NameOf(0));
            if (isSet)
            {
                batch.Append(isResp ? $"\r\n$4\r\n1440\r\n${ValueBytes}\r\n" : $" 0 1440 {ValueBytes}\r\n");
                _valueAt[i] = batch.Length;
                batch.Append('v', ValueBytes);
            }

            batch.Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(batch.ToString());
    }
}
