using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Puts a copy that is whole into its place, key by key, while clients read: each sees an item as it was or as it is in
/// the copy. Then what the copy has not is ended. On the loop's thread, a slice a turn.
/// </summary>
internal sealed class CopyLoading : IDisposable
{
    private const int WindowBytes = 256 << 10;
    private const int CommandBytes = 256 << 10;

    private readonly EventLoop _loop;
    private readonly Spool _spool;
    private readonly PrimaryExecutor _executor;
    private readonly OldItems _old;
    private readonly RdbRequests _requests = new();
    private readonly OutputBuffer _commands = new(CommandBytes, int.MaxValue);
    private byte[] _window = new byte[WindowBytes];
    private int _start;
    private int _end;
    private int _executed;
    private readonly bool _isRecords;

    /// <summary>Begins.</summary>
    public CopyLoading(EventLoop loop, Spool spool, PrimaryExecutor executor)
    {
        (_loop, _spool, _executor) = (loop, spool, executor);
        _isRecords = executor.Form == HistoryForm.Records;
        if (_isRecords)
        {
            executor.Applier.BeginCopy();
        }

        _old = new OldItems(loop.Context.Store, _isRecords ? executor.Applier.HasCopied : null);
    }

    /// <summary>What is wrong; null: nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Keys of it.</summary>
    public long Keys => _isRecords ? _executor.Applier.Items : _requests.Keys;

    /// <summary>Values that were left out.</summary>
    public long Skipped => _requests.Skipped;

    /// <summary>Items that were ended.</summary>
    public long Ended => _old.Ended;

    /// <summary>Bytes of it.</summary>
    public long Bytes => _spool.Length;

    /// <summary>Goes on for a turn.</summary>
    /// <returns>True when it is complete, or cannot be.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool GoOn()
    {
        if (_isRecords)
        {
            return GoOnWithRecords();
        }

        if (_executed == _commands.Length && !_requests.IsAtEnd && !TryReadOn())
        {
            return true;
        }

        if (_executed < _commands.Length)
        {
            _executed += _executor.Execute(_commands.Written[_executed..], out _);
            return false;
        }

        return _requests.IsAtEnd && _old.EndSome(_loop.Context.Now - EventLoop.PrimaryPatience);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _requests.Dispose();
        _commands.Dispose();
        _spool.Dispose();
    }

    private bool GoOnWithRecords()
    {
        if (_executor.Applier.IsCopied)
        {
            return _old.EndSome(_loop.Context.Now - EventLoop.PrimaryPatience);
        }

        _start += _executor.Execute(_window.AsSpan(_start, _end - _start), out bool isIncomplete);
        Problem = _executor.Problem;
        if (Problem is null && isIncomplete && !_executor.Applier.IsCopied)
        {
            Fill(_executor.Applier.NeedBytes);
        }

        return Problem is not null;
    }

    private bool TryReadOn()
    {
        _commands.Clear(CommandBytes);
        _executed = 0;
        _start += _requests.Read(_window.AsSpan(_start, _end - _start), _commands, CommandBytes);
        Problem = _requests.Problem;
        if (Problem is null && !_requests.IsAtEnd && _end - _start < _requests.NeedBytes)
        {
            Fill(_requests.NeedBytes);
        }

        return Problem is null;
    }

    private void Fill(int needed)
    {
        if (needed > _window.Length - _start)
        {
            byte[] window = needed > _window.Length ? new byte[Math.Max(needed, WindowBytes)] : _window;
            _window.AsSpan(_start, _end - _start).CopyTo(window);
            (_window, _start, _end) = (window, 0, _end - _start);
        }

        int count = 1;
        while (_end - _start < needed && count > 0)
        {
            count = _spool.Read(_window.AsSpan(_end));
            _end += count;
        }

        Problem = count > 0 ? null : "it ends early";
    }
}
