using System.Runtime.InteropServices;
using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>
/// What <c>find</c>, <c>match</c>, <c>gmatch</c> and <c>gsub</c> are made of. Long searches stop between places of the
/// text and say where to go on.
/// </summary>
internal sealed class PatternLibrary : ILuaLibrary
{
    // For one place of the text: about five milliseconds.
    private const int StepsPerPlace = 500_000;

    // After so many the search pauses: about a quarter of a millisecond.
    private const int StepsPerCall = 25_000;

    private const int StepsPerMicrosecond = 100;

    public string? Name => null;

    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
        [("search", Search), ("pattern", Check), ("step", Step), ("replace", Replace)];

    // text, pattern, init, plain, find [, number of arguments] → positions and captures
    private static int Search(LuaFrame frame)
    {
        bool isFind = frame.Truth(5);
        string name = isFind ? "find" : "match";
        int given = frame.TypeOf(6) == LuaType.Number ? (int)frame.Number(6) : 3;
        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return given < 1 ? frame.BadArgument(name, 1, "string expected, got no value") : frame.WrongType(name, 1,
                "string");
        }

        if (!frame.TryText(2, out ReadOnlySpan<byte> pattern))
        {
            return given < 2 ? frame.BadArgument(name, 2, "string expected, got no value") : frame.WrongType(name, 2,
                "string");
        }

        if (!frame.TryNumber(3, 1, out double init))
        {
            return frame.WrongType(name, 3, "number");
        }

        int start = (int)Math.Min(Math.Max(LuaArguments.Place(init, text.Length) - 1, 0), text.Length);
        if (isFind && (frame.Truth(4) || pattern.IndexOfAny("^$*+?.([%-"u8) < 0))
        {
            int found = text[start..].IndexOf(pattern);
            frame.State.Spend(text.Length / 4096, frame);
            if (found < 0)
            {
                frame.PushNil();
                return 1;
            }

            frame.Push(start + found + 1);
            frame.Push(start + found + pattern.Length);
            return 2;
        }

        bool isAnchored = !pattern.IsEmpty && pattern[0] == '^';
        Outcome outcome = First(
            frame, text, pattern, start, isAnchored, out LuaMatcher matcher, out int at, out int end);
        if (outcome != Outcome.Found)
        {
            return Answer(frame, outcome, ref matcher, at + 1);
        }

        int count = 0;
        if (isFind)
        {
            frame.Push(at + 1);
            frame.Push(end);
            count = 2;
        }

        int captures = matcher.Captures == 0 && !isFind ? 1 : matcher.Captures;
        return PushCaptures(frame, ref matcher, text, at, end, captures)
            ? count + captures : frame.Fail(matcher.Problem!);
    }

    // name, number of arguments, text, pattern → the message of what is wrong, or nil
    private static int Check(LuaFrame frame)
    {
        string name = System.Text.Encoding.Latin1.GetString(frame.Bytes(1));
        int given = (int)frame.Number(2);
        for (int i = 1; i <= 2; i++)
        {
            if (frame.TypeOf(i + 2) is not (LuaType.String or LuaType.Number))
            {
                string got = i > given ? "no value" : frame.TypeName(i + 2);
                frame.Push($"bad argument #{i} to '{name}' (string expected, got {got})");
                return 1;
            }
        }

        frame.PushNil();
        return 1;
    }

    // text, pattern, place from 0, gsub → start and end of the next match from 0, for gsub the whole match,
    // captures; or nil
    private static int Step(LuaFrame frame)
    {
        frame.TryText(1, out ReadOnlySpan<byte> text);
        frame.TryText(2, out ReadOnlySpan<byte> pattern);
        int start = (int)frame.Number(3);
        bool isReplacing = frame.Truth(4);
        bool isAnchored = isReplacing && !pattern.IsEmpty && pattern[0] == '^';
        Outcome outcome = First(
            frame, text, pattern, start, isAnchored, out LuaMatcher matcher, out int at, out int end);
        if (outcome != Outcome.Found)
        {
            return Answer(frame, outcome, ref matcher, at);
        }

        frame.Push(at);
        frame.Push(end);
        if (isReplacing)
        {
            frame.Push(text[at..end]);
        }

        int captures = Math.Max(matcher.Captures, 1);
        return PushCaptures(frame, ref matcher, text, at, end, captures)
            ? captures + (isReplacing ? 3 : 2) : frame.Fail(matcher.Problem!);
    }

    // The first place from a start on at which the pattern matches; of a search that is to go on later, the place to go
    // on at.
    private static Outcome First(
        in LuaFrame frame, ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, int start, bool isAnchored,
        out LuaMatcher matcher, out int at, out int end)
    {
        int steps = 0;
        Outcome outcome = Outcome.None;
        matcher = default;
        end = -1;
        for (at = start; at <= text.Length; at++)
        {
            matcher = new LuaMatcher(text, pattern, StepsPerPlace);
            end = matcher.Match(at, isAnchored ? 1 : 0);
            steps += StepsPerPlace - matcher.Steps;
            if (end >= 0 || matcher.Problem is not null)
            {
                outcome = end >= 0 ? Outcome.Found : Outcome.Failed;
                break;
            }

            if (isAnchored)
            {
                break;
            }

            if (steps > StepsPerCall && at < text.Length)
            {
                outcome = Outcome.Later;
                at++;
                break;
            }
        }

        frame.State.Spend(steps / StepsPerMicrosecond, frame);
        return outcome;
    }

    // What a function answers that has found nothing; where it goes on is told as its caller counts.
    private static int Answer(in LuaFrame frame, Outcome outcome, ref LuaMatcher matcher, int next)
    {
        switch (outcome)
        {
            case Outcome.Failed:
                return frame.Fail(matcher.Problem!);
            case Outcome.Later:
                frame.PushLight(LuaState.MoreMark);
                frame.Push(next);
                return 2;
            default:
                frame.PushNil();
                return 1;
        }
    }

    // text, pattern, replacement, most, place from 0 → text of the result, next place, matches, true at the end
    private static int Replace(LuaFrame frame)
    {
        frame.TryText(1, out ReadOnlySpan<byte> text);
        frame.TryText(2, out ReadOnlySpan<byte> pattern);
        frame.TryText(3, out ReadOnlySpan<byte> replacement);
        double most = frame.Number(4);
        int at = (int)frame.Number(5);
        bool isAnchored = !pattern.IsEmpty && pattern[0] == '^';
        var result = new List<byte>();
        int matches = 0;
        int steps = 0;
        bool isOver = true;
        while (matches < most)
        {
            var matcher = new LuaMatcher(text, pattern, StepsPerPlace);
            int end = matcher.Match(at, isAnchored ? 1 : 0);
            steps += StepsPerPlace - matcher.Steps;
            if (matcher.Problem is { } problem)
            {
                frame.State.Spend(steps / StepsPerMicrosecond, frame);
                return frame.Fail(problem);
            }

            if (end >= 0)
            {
                matches++;
                if (!Append(result, ref matcher, text, replacement, at, end))
                {
                    return frame.Fail(matcher.Problem!);
                }

                if (result.Count > frame.State.BytesLeft)
                {
                    return frame.Fail("not enough memory");
                }
            }

            if (end > at)
            {
                at = end;
            }
            else if (at < text.Length)
            {
                result.Add(text[at++]);
            }
            else
            {
                break;
            }

            if (isAnchored)
            {
                break;
            }

            if (steps + result.Count > StepsPerCall)
            {
                isOver = false;
                break;
            }
        }

        if (isOver)
        {
            result.AddRange(text[Math.Min(at, text.Length)..]);
        }

        frame.State.Spend((steps / StepsPerMicrosecond) + (result.Count / 4096), frame);
        frame.Push(CollectionsMarshal.AsSpan(result));
        frame.Push(at);
        frame.Push(matches);
        frame.Push(isOver);
        return 4;
    }

    private static bool Append(
        List<byte> result, ref LuaMatcher matcher, ReadOnlySpan<byte> text, ReadOnlySpan<byte> replacement, int start,
            int end)
    {
        for (int i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '%')
            {
                result.Add(replacement[i]);
                continue;
            }

            i++;
            byte name = i < replacement.Length ? replacement[i] : (byte)0;
            if (!char.IsAsciiDigit((char)name))
            {
                result.Add(name);
            }
            else if (name == '0')
            {
                result.AddRange(text[start..end]);
            }
            else if (!matcher.TryCapture(name - '1', start, end, out int place, out int length))
            {
                return false;
            }
            else if (length < 0)
            {
                result.AddRange(System.Text.Encoding.Latin1.GetBytes(LuaNumber.Format(place + 1,
                    LuaNumber.TextDigits)));
            }
            else
            {
                result.AddRange(text.Slice(place, length));
            }
        }

        return true;
    }

    private static bool PushCaptures(
        in LuaFrame frame, ref LuaMatcher matcher, ReadOnlySpan<byte> text, int start, int end, int count)
    {
        frame.HasRoom(count);
        for (int i = 0; i < count; i++)
        {
            if (!matcher.TryCapture(i, start, end, out int place, out int length))
            {
                return false;
            }

            if (length < 0)
            {
                frame.Push(place + 1);
            }
            else
            {
                frame.Push(text.Slice(place, length));
            }
        }

        return true;
    }

    private enum Outcome
    {
        Found,
        None,
        Failed,
        Later,
    }
}
