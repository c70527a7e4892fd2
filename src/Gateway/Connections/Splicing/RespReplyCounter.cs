namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>Counts whole RESP replies in bytes that come in any pieces. It keeps none of them.</summary>
internal struct RespReplyCounter
{
    private const long MostNumber = int.MaxValue;

    // Values that are still to come of the reply that has begun; 0: none has.
    private long _open;
    private long _number;
    private long _skip;
    private byte _type;
    private bool _isNegative;
    private bool _isMessage;

    /// <summary>True when no reply has begun.</summary>
    public readonly bool IsBetween => _open == 0 && _type == 0;

    /// <summary>True when something came that is no reply.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when one of the replies was an error.</summary>
    public bool HasError { get; private set; }

    /// <summary>Takes bytes.</summary>
    /// <returns>How many replies have ended in them; messages (pushes of RESP3) are none.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        int ended = 0;
        while (!bytes.IsEmpty && !IsBroken)
        {
            if (_skip > 0)
            {
                int skipped = (int)Math.Min(_skip, bytes.Length);
                bytes = bytes[skipped..];
                _skip -= skipped;
                ended += _skip == 0 ? EndValue() : 0;
            }
            else if (_type == 0)
            {
                Begin(bytes[0]);
                bytes = bytes[1..];
            }
            else
            {
                int end = bytes.IndexOf((byte)'\n');
                TakeNumber(end < 0 ? bytes : bytes[..end]);
                bytes = end < 0 ? default : bytes[(end + 1)..];
                ended += end < 0 ? 0 : EndLine();
            }
        }

        return ended;
    }

    private static bool HasNumber(byte type) => "$*%~>|!="u8.Contains(type);

    private void Begin(byte type)
    {
        _type = type;
        _number = 0;
        _isNegative = false;
        IsBroken |= !"+-:$*_#,(!=%~>|"u8.Contains(type);
        if (_open == 0)
        {
            _open = 1;
            _isMessage = type == (byte)'>';
            HasError |= type is (byte)'-' or (byte)'!';
        }
    }

    private void TakeNumber(ReadOnlySpan<byte> text)
    {
        if (!HasNumber(_type))
        {
            return;
        }

        foreach (byte digit in text)
        {
            _isNegative |= digit == (byte)'-';
            if (digit is >= (byte)'0' and <= (byte)'9' && _number <= MostNumber)
            {
                _number = (_number * 10) + (digit - '0');
            }
            else
            {
                IsBroken |= digit is not ((byte)'\r' or (byte)'-');
            }
        }
    }

    private int EndLine()
    {
        byte type = _type;
        _type = 0;
        IsBroken |= _number > MostNumber;
        switch (type)
        {
            case (byte)'$' or (byte)'!' or (byte)'=' when !_isNegative:
                _skip = _number + 2;
                return 0;
            case (byte)'*' or (byte)'~' or (byte)'>' when !_isNegative:
                _open += _number;
                break;
            case (byte)'%':
                _open += 2 * _number;
                break;
            case (byte)'|':
                // Stands before a value and is none itself.
                _open += 2 * _number;
                return 0;
        }

        return EndValue();
    }

    private int EndValue()
    {
        _open--;
        return _open == 0 && !_isMessage ? 1 : 0;
    }
}
