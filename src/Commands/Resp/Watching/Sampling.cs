namespace SessionGateway.Commands.Resp.Watching;

/// <summary>Which short commands of a loop are measured: one in sixteen on average, so that no rhythm of requests hides
/// some.</summary>
internal struct Sampling
{
    // What follows something long is looked at: stalls and large values come in groups.
    private const int CloseLooks = 1024;

    private uint _state;
    private int _left;
    private int _closely;

    /// <summary>True when the short command that comes is to be measured.</summary>
    public bool MustLook(CommandWatch watch)
    {
        if (--_left > 0 && !watch.LooksAtAll)
        {
            return false;
        }

        if (_closely > 0)
        {
            _closely--;
            _left = 1;
        }
        else
        {
            // 1 to 31; numbers of Knuth's generator.
            _state = unchecked((_state * 1_664_525) + 1_013_904_223);
            _left = 1 + (int)((ulong)_state * 31 >> 32);
        }

        return true;
    }

    /// <summary>Has the next ones all measured.</summary>
    public void LookClosely()
    {
        _closely = CloseLooks;
        _left = 1;
    }
}
