namespace SessionGateway.Scripting.Libraries;

/// <summary>
/// Lua 5.1's pattern matching (lstrlib.c) with a bound: what needs more steps than it was given, or deeper nesting than
/// Lua 5.2 allows, is an error instead of a very long time.
/// </summary>
internal ref struct LuaMatcher(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, int steps)
{
    private const int MaxCaptures = 32;
    private const int MaxDepth = 200;
    private const int Open = -1;
    private const int Position = -2;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _pattern = pattern;
    private CaptureStarts _starts;
    private CaptureLengths _lengths;
    private int _level;
    private int _depth;

    /// <summary>What is wrong with the pattern, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Steps that are left.</summary>
    public int Steps { get; private set; } = steps;

    /// <summary>Number of captures of the last match.</summary>
    public readonly int Captures => _level;

    /// <summary>Matches at a place; the end of the match, or -1.</summary>
    public int Match(int at, int patternAt)
    {
        _level = 0;
        _depth = 0;
        return Do(at, patternAt);
    }

    /// <summary>A capture: its place, and its length, or -1 for a position. 0 without captures is the whole
    /// match.</summary>
    public bool TryCapture(int index, int start, int end, out int place, out int length)
    {
        if (index >= _level)
        {
            place = start;
            length = end - start;
            if (index == 0)
            {
                return true;
            }

            Problem = "invalid capture index";
            return false;
        }

        place = _starts[index];
        length = _lengths[index];
        if (length == Open)
        {
            Problem = "unfinished capture";
            return false;
        }

        length = length == Position ? -1 : length;
        return true;
    }

    private int Fail(string problem)
    {
        Problem ??= problem;
        return -1;
    }

    private readonly byte At(int place) => place < _pattern.Length ? _pattern[place] : (byte)0;

    private int Do(int s, int p)
    {
        if (++_depth > MaxDepth)
        {
            return Fail("pattern too complex");
        }

        int result = Run(s, p);
        _depth--;
        return result;
    }

    private int Run(int s, int p)
    {
        while (true)
        {
            if (--Steps < 0)
            {
                return Fail("pattern too complex");
            }

            if (p >= _pattern.Length || _pattern[p] == 0)
            {
                return s;
            }

            switch (_pattern[p])
            {
                case (byte)'(':
                    return At(p + 1) == ')' ? StartCapture(s, p + 2, Position) : StartCapture(s, p + 1, Open);
                case (byte)')':
                    return EndCapture(s, p + 1);
                case (byte)'%' when At(p + 1) == 'b':
                    s = MatchBalance(s, p + 2);
                    if (s < 0)
                    {
                        return -1;
                    }

                    p += 4;
                    continue;
                case (byte)'%' when At(p + 1) == 'f':
                    p += 2;
                    if (At(p) != '[')
                    {
                        return Fail("missing '[' after '%f' in pattern");
                    }

                    int end = ClassEnd(p);
                    if (end < 0)
                    {
                        return -1;
                    }

                    byte before = s == 0 ? (byte)0 : _text[s - 1];
                    byte here = s < _text.Length ? _text[s] : (byte)0;
                    if (InSet(before, p, end - 1) || !InSet(here, p, end - 1))
                    {
                        return -1;
                    }

                    p = end;
                    continue;
                case (byte)'%' when char.IsAsciiDigit((char)At(p + 1)):
                    s = MatchCapture(s, At(p + 1));
                    if (s < 0)
                    {
                        return -1;
                    }

                    p += 2;
                    continue;
                case (byte)'$' when p + 1 == _pattern.Length || At(p + 1) == 0:
                    return s == _text.Length ? s : -1;
            }

            int next = ClassEnd(p);
            if (next < 0)
            {
                return -1;
            }

            bool matches = s < _text.Length && Single(s, p, next);
            switch (At(next))
            {
                case (byte)'?':
                    if (matches)
                    {
                        int result = Do(s + 1, next + 1);
                        if (result >= 0 || Problem is not null)
                        {
                            return result;
                        }
                    }

                    p = next + 1;
                    continue;
                case (byte)'*':
                    return MaxExpand(s, p, next);
                case (byte)'+':
                    return matches ? MaxExpand(s + 1, p, next) : -1;
                case (byte)'-':
                    return MinExpand(s, p, next);
                default:
                    if (!matches)
                    {
                        return -1;
                    }

                    s++;
                    p = next;
                    continue;
            }
        }
    }

    private int ClassEnd(int p)
    {
        byte c = _pattern[p++];
        if (c == '%')
        {
            return At(p) == 0 && p >= _pattern.Length ? Fail("malformed pattern (ends with '%')") : p + 1;
        }

        if (c != '[')
        {
            return p;
        }

        if (At(p) == '^')
        {
            p++;
        }

        do
        {
            if (p >= _pattern.Length || _pattern[p] == 0)
            {
                return Fail("malformed pattern (missing ']')");
            }

            if (_pattern[p++] == '%' && p < _pattern.Length)
            {
                p++;
            }
        }
        while (At(p) != ']' || p >= _pattern.Length);
        return p + 1;
    }

    private readonly bool Single(int s, int p, int end)
    {
        byte c = _text[s];
        return _pattern[p] switch
        {
            (byte)'.' => true,
            (byte)'%' => InClass(c, At(p + 1)),
            (byte)'[' => InSet(c, p, end - 1),
            var literal => literal == c,
        };
    }

    private readonly bool InSet(byte c, int p, int last)
    {
        bool isIn = true;
        if (At(p + 1) == '^')
        {
            isIn = false;
            p++;
        }

        while (++p < last)
        {
            if (_pattern[p] == '%')
            {
                p++;
                if (InClass(c, At(p)))
                {
                    return isIn;
                }
            }
            else if (At(p + 1) == '-' && p + 2 < last)
            {
                p += 2;
                if (_pattern[p - 2] <= c && c <= _pattern[p])
                {
                    return isIn;
                }
            }
            else if (_pattern[p] == c)
            {
                return isIn;
            }
        }

        return !isIn;
    }

    private static bool InClass(byte c, byte name)
    {
        char ch = (char)c;
        bool result;
        switch ((char)(name | 0x20))
        {
            case 'a':
                result = char.IsAsciiLetter(ch);
                break;
            case 'c':
                result = c < 32 || c == 127;
                break;
            case 'd':
                result = char.IsAsciiDigit(ch);
                break;
            case 'l':
                result = char.IsAsciiLetterLower(ch);
                break;
            case 'p':
                result = c is > 32 and < 127 && !char.IsAsciiLetterOrDigit(ch);
                break;
            case 's':
                result = c is 32 or (>= 9 and <= 13);
                break;
            case 'u':
                result = char.IsAsciiLetterUpper(ch);
                break;
            case 'w':
                result = char.IsAsciiLetterOrDigit(ch);
                break;
            case 'x':
                result = char.IsAsciiHexDigit(ch);
                break;
            case 'z':
                result = c == 0;
                break;
            default:
                return name == c;
        }

        return char.IsAsciiLetter((char)name) ? (char.IsAsciiLetterUpper((char)name) ? !result : result) : name == c;
    }

    private int MaxExpand(int s, int p, int next)
    {
        int count = 0;
        while (s + count < _text.Length && Single(s + count, p, next))
        {
            count++;
        }

        Steps -= count;
        while (count >= 0)
        {
            int result = Do(s + count, next + 1);
            if (result >= 0 || Problem is not null)
            {
                return result;
            }

            count--;
        }

        return -1;
    }

    private int MinExpand(int s, int p, int next)
    {
        while (true)
        {
            int result = Do(s, next + 1);
            if (result >= 0 || Problem is not null)
            {
                return result;
            }

            if (s >= _text.Length || !Single(s, p, next))
            {
                return -1;
            }

            s++;
        }
    }

    private int MatchBalance(int s, int p)
    {
        if (p + 1 >= _pattern.Length)
        {
            return Fail("unbalanced pattern");
        }

        byte open = _pattern[p];
        byte close = _pattern[p + 1];
        if (s >= _text.Length || _text[s] != open)
        {
            return -1;
        }

        int level = 1;
        for (int at = s + 1; at < _text.Length; at++)
        {
            Steps--;
            if (_text[at] == close)
            {
                if (--level == 0)
                {
                    return at + 1;
                }
            }
            else if (_text[at] == open)
            {
                level++;
            }
        }

        return -1;
    }

    private int StartCapture(int s, int p, int kind)
    {
        if (_level >= MaxCaptures)
        {
            return Fail("too many captures");
        }

        _starts[_level] = s;
        _lengths[_level] = kind;
        _level++;
        int result = Do(s, p);
        if (result < 0)
        {
            _level--;
        }

        return result;
    }

    private int EndCapture(int s, int p)
    {
        int open = -1;
        for (int i = _level - 1; i >= 0 && open < 0; i--)
        {
            open = _lengths[i] == Open ? i : -1;
        }

        if (open < 0)
        {
            return Fail("invalid pattern capture");
        }

        _lengths[open] = s - _starts[open];
        int result = Do(s, p);
        if (result < 0)
        {
            _lengths[open] = Open;
        }

        return result;
    }

    private int MatchCapture(int s, byte name)
    {
        int index = name - '1';
        if (index < 0 || index >= _level || _lengths[index] == Open)
        {
            return Fail("invalid capture index");
        }

        int length = Math.Max(_lengths[index], 0);
        Steps -= length / 16;
        return _text.Length - s >= length && _text.Slice(s, length).SequenceEqual(_text.Slice(_starts[index], length))
            ? s + length : -1;
    }

    [System.Runtime.CompilerServices.InlineArray(MaxCaptures)]
    private struct CaptureStarts
    {
        private int _first;
    }

    [System.Runtime.CompilerServices.InlineArray(MaxCaptures)]
    private struct CaptureLengths
    {
        private int _first;
    }
}
