using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Commands.Resp.Collections;

/// <summary>
/// An answer of many entries: collected a bounded slice at a time, then written as the peer reads it. What is collected
/// belongs to the connection until it is sent.
/// </summary>
internal abstract class CollectedReply : PausedRequest, IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private readonly OutputBuffer _elements;
    private readonly ElementHead _head;
    private readonly ElementForm _form;
    private ClientConnection? _holder;
    private long _heldBytes;
    private int _written;
    private bool _isCollected;
    private bool _isRefused;

    protected CollectedReply(in RespCall call, ElementHead head, ElementForm form)
    {
        _elements = new OutputBuffer(FirstBytes, call.Services.Limits.MaxOutputBytes);
        _head = head;
        _form = form;
        Writer = new ElementWriter(_elements, call.Version, form);
    }

    /// <summary>Takes the entries.</summary>
    protected ElementWriter Writer { get; private set; }

    public override bool GoOn(in RespCall call)
    {
        bool isDone = Step(call);
        _holder = call.Client;
        Hold(isDone ? 0 : _elements.Capacity);
        return isDone;
    }

    public override void Release() => Dispose();

    public void Dispose()
    {
        _elements.Dispose();
        Hold(0);
    }

    /// <summary>Gives the next entries to <see cref="Writer"/>.</summary>
    /// <returns>True when there are no more.</returns>
    protected abstract bool Collect(in RespCall call);

    /// <summary>The error is written instead.</summary>
    protected void Refuse() => _isRefused = true;

    /// <summary>Begins anew: what was collected is not true any more.</summary>
    protected void Restart(in RespCall call)
    {
        _elements.Clear();
        Writer = new ElementWriter(_elements, call.Version, _form);
    }

    private bool Step(in RespCall call)
    {
        while (!_isCollected)
        {
            long before = Writer.Count;
            bool isLast = Collect(call);
            if (_isRefused)
            {
                return true;
            }

            call.Context.Spend(1 + ((Writer.Count - before) / WorkUnits.ElementsPerUnit));
            if (_elements.Overflowed || (!isLast && call.Context.IsAtomicStepSpent))
            {
                call.Error(_elements.Overflowed ? RespErrors.TooManyElements : RespErrors.TooMuchWork);
                return true;
            }

            if (isLast)
            {
                _isCollected = true;
                ElementWriter.WriteHead(call.Output, _head, _form, Writer.Count, call.Version);
            }
            else if (call.Context.ShouldPause())
            {
                return false;
            }
        }

        int rest = _elements.Length - _written;
        int most = call.Context.IsAtomicStep ? rest : Math.Min(rest, call.Services.Limits.OutputSoftBytes);
        call.Output.Write(_elements.Written.Slice(_written, most));
        _written += most;
        return _written == _elements.Length || call.Output.Overflowed;
    }

    // What waits between turns is the connection's.
    private void Hold(long bytes)
    {
        _holder?.Hold(bytes - _heldBytes);
        _heldBytes = bytes;
    }
}
