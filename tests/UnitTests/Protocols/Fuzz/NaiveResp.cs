using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>
/// Reads RESP requests the slow and obvious way: the whole input is a string, one char a byte (redis 7 networking.c and
/// sds.c). It tells what it found as RequestText does.
/// </summary>
internal sealed partial class NaiveResp(string input, RespLimits limits)
{
    private readonly StringBuilder _found = new();
    private int _at;
    private string? _error;
    private bool _isShort;

    public static string Read(byte[] bytes, RespLimits limits)
    {
        var reader = new NaiveResp(Encoding.Latin1.GetString(bytes), limits);
        while (reader._at < bytes.Length && reader._error is null && !reader._isShort)
        {
            reader.ReadRequest();
        }

        reader._found.Append(reader._error is not null ? $"!{reader._error.TrimEnd()}" : reader._isShort ? "…" : "");
        return reader._error is not null ? $"{reader._found}" : $"{reader._found}".Trim();
    }

    private void ReadRequest()
    {
        int start = _at;
        List<string>? arguments = input[_at] == '*' ? ReadArray() : ReadInline();
        if (arguments is null)
        {
            _at = start;
            return;
        }

        _found.Append('[').AppendJoin('|', arguments).Append("] ");
    }

    private List<string>? ReadArray()
    {
        if (TakeLine() is not { } head)
        {
            return null;
        }

        if (Number(head[1..]) is not { } count || count > limits.MaxArguments)
        {
            return Fail(RespProtocolErrors.InvalidCount);
        }

        if (count > RespLimits.StrangerArguments && !limits.IsAuthenticated)
        {
            return Fail(RespProtocolErrors.StrangerCount);
        }

        var arguments = new List<string>();
        while (arguments.Count < count)
        {
            if (TakeLine() is not { } line)
            {
                return null;
            }

            if (line.Length == 0 || line[0] != '$')
            {
                return Fail(RespProtocolErrors.ExpectedDollar(line.Length == 0 ? (byte)' ' : (byte)line[0]));
            }

            if (Number(line[1..]) is not { } length || length < 0 || length > limits.MaxBulkBytes)
            {
                return Fail(RespProtocolErrors.InvalidBulk);
            }

            if (length > RespLimits.StrangerBulkBytes && !limits.IsAuthenticated)
            {
                return Fail(RespProtocolErrors.StrangerBulk);
            }

            if (_at + (int)length + 2 > input.Length)
            {
                _isShort = true;
                return null;
            }

            // What stands where the line end should be is not looked at.
            arguments.Add(input.Substring(_at, (int)length));
            _at += (int)length + 2;
        }

        return arguments;
    }

    // Up to a carriage return, before any zero byte, and one byte more, whatever it is.
    private string? TakeLine()
    {
        string rest = input[_at..];
        Match line = UpToReturn().Match(rest);
        if (!line.Success)
        {
            _isShort = true;
            return null;
        }

        _at += line.Length;
        return line.Groups[1].Value;
    }

    private List<string>? ReadInline()
    {
        Match match = UpToLineFeed().Match(input[_at..]);
        if (!match.Success)
        {
            _isShort = true;
            return null;
        }

        _at += match.Length;
        string line = match.Groups[1].Value;
        return Split(line.EndsWith('\r') ? line[..^1] : line) ?? Fail(RespProtocolErrors.UnbalancedQuotes);
    }

    // sdssplitargs, as it stands there.
    private static List<string>? Split(string line)
    {
        var arguments = new List<string>();
        int p = 0;
        while (true)
        {
            while (p < line.Length && " \n\v\f\r\t".Contains(line[p]))
            {
                p++;
            }

            if (p == line.Length)
            {
                return arguments;
            }

            var argument = new StringBuilder();
            bool inDouble = false, inSingle = false, isDone = false;
            while (!isDone)
            {
                char c = p < line.Length ? line[p] : '\0';
                bool isAtEnd = p >= line.Length;
                bool closes = inDouble && c == '"' || inSingle && c == '\'';
                if ((inDouble || inSingle) && isAtEnd)
                {
                    return null;
                }

                if (closes)
                {
                    if (p + 1 < line.Length && !" \n\v\f\r\t".Contains(line[p + 1]))
                    {
                        return null;
                    }

                    isDone = true;
                }
                else if (inDouble && Hex().Match(line[p..]) is { Success: true } hex)
                {
                    argument.Append((char)Convert.ToInt32(hex.Groups[1].Value, 16));
                    p += 3;
                }
                else if (inDouble && c == '\\' && p + 1 < line.Length)
                {
                    p++;
                    int special = "nrtba".IndexOf(line[p]);
                    argument.Append(special >= 0 ? "\n\r\t\b\a"[special] : line[p]);
                }
                else if (inSingle && line[p..].StartsWith("\\'", StringComparison.Ordinal))
                {
                    p++;
                    argument.Append('\'');
                }
                else if (!inDouble && !inSingle && (isAtEnd || " \n\r\t".Contains(c)))
                {
                    isDone = true;
                }
                else if (!inDouble && !inSingle && c is '"' or '\'' && !inDouble && !inSingle)
                {
                    inDouble = c == '"';
                    inSingle = c == '\'';
                }
                else
                {
                    argument.Append(c);
                }

                p += isAtEnd ? 0 : 1;
            }

            arguments.Add(argument.ToString());
        }
    }

    private static BigInteger? Number(string text) =>
        StrictNumber().IsMatch(text) && BigInteger.Parse(text) is var number
            && number >= long.MinValue && number <= long.MaxValue ? number : null;

    private List<string>? Fail(ReadOnlySpan<byte> error)
    {
        _error = Encoding.Latin1.GetString(error);
        return null;
    }

    [GeneratedRegex(@"\A([^\r\0]*)\r[\x00-\xff]", RegexOptions.CultureInvariant)]
    private static partial Regex UpToReturn();

    [GeneratedRegex(@"\A([^\n\0]*)\n", RegexOptions.CultureInvariant)]
    private static partial Regex UpToLineFeed();

    [GeneratedRegex(@"\A(0|-?[1-9][0-9]*)\z")]
    private static partial Regex StrictNumber();

    [GeneratedRegex(@"\A\\x([0-9a-fA-F]{2})")]
    private static partial Regex Hex();
}
