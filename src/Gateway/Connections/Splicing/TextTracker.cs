using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// Follows memcached text: which requests are answered, and where answers end, which their own first words say. The
/// answer to one behind it says that a request without an answer is done with. Quiet meta commands leave open whether
/// they are answered: it is not sure of them.
/// </summary>
internal sealed class TextTracker : ConversationTracker
{
    // As long as a request line of memcached may be (memcached.c, 2,048 bytes, or more for gets of many keys).
    private const int MostLineBytes = 8192;

    private static ReadOnlySpan<byte> Looks => " get gets gat gats version stats "u8;

    private static ReadOnlySpan<byte> Stored => " set add replace append prepend cas "u8;

    private static ReadOnlySpan<byte> Changes => " delete incr decr touch flush_all verbosity "u8;

    private static ReadOnlySpan<byte> Meta => " mg ms md ma me mn "u8;

    private readonly LineCutter _requests = new(MostLineBytes);
    private readonly LineCutter _replies = new(MostLineBytes);
    private readonly List<byte[]> _greeting = [];
    private LineCutter _greeted = new(MostGreetingBytes);
    private long _waiting;
    private bool _isInList;
    private bool _endsQuietly;

    /// <inheritdoc/>
    protected override bool IsBetween =>
        _waiting == 0 && !_endsQuietly && _requests.IsBetween && _replies.IsBetween && !_isInList;

    /// <inheritdoc/>
    public override void Greet(byte[] request, bool isOnce) => _greeting.Add(request);

    /// <inheritdoc/>
    public override int WriteGreeting(ref ByteQueue to, int hops)
    {
        _greeted = new LineCutter(MostGreetingBytes);
        foreach (byte[] request in _greeting)
        {
            to.Append(request);
        }

        if (hops > 0)
        {
            to.Append(Encoding.ASCII.GetBytes($"version forwarded {hops}\r\n"));
        }

        return _greeting.Count + (hops > 0 ? 1 : 0);
    }

    /// <inheritdoc/>
    public override int TakeGreetingReplies(ReadOnlySpan<byte> bytes, out bool hasFailed)
    {
        int ended = 0;
        hasFailed = false;
        while (_greeted.TryNext(ref bytes, out ReadOnlySpan<byte> line))
        {
            ended++;
            hasFailed |= !line.SequenceEqual("STORED"u8) && !line.StartsWith("VERSION "u8);
        }

        return ended;
    }

    /// <inheritdoc/>
    protected override void Sent(ReadOnlySpan<byte> bytes)
    {
        while (_requests.TryNext(ref bytes, out ReadOnlySpan<byte> line))
        {
            OnRequest(line);
        }

        if (_requests.IsOverlong)
        {
            GiveUp();
        }
    }

    /// <inheritdoc/>
    protected override void Received(ReadOnlySpan<byte> bytes)
    {
        while (_replies.TryNext(ref bytes, out ReadOnlySpan<byte> line))
        {
            OnReply(line);
        }

        if (_replies.IsOverlong || _waiting < 0)
        {
            GiveUp();
        }
    }

    private void OnRequest(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> verb = Word(line, 0);
        bool isStored = IsOneOf(verb, Stored);
        _endsQuietly = false;
        if (IsOneOf(verb, Looks))
        {
            _waiting++;
        }
        else if (isStored || IsOneOf(verb, Changes))
        {
            _endsQuietly = line.EndsWith(" noreply"u8);
            _waiting += _endsQuietly ? 0 : 1;
            if (isStored)
            {
                Skip(Word(line, 4));
            }
        }
        else if (verb.Length == 2 && IsOneOf(verb, Meta))
        {
            TakeMeta(line[verb.Length..]);
            if (verb[1] == (byte)'s')
            {
                Skip(Word(line, 2));
            }
        }
        else
        {
            // quit, watch, lru_crawler, what people try.
            GiveUp();
        }
    }

    // The words of a list stand between blanks.
    private static bool IsOneOf(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> list)
    {
        int at = verb.IsEmpty ? -1 : list.IndexOf(verb);
        return at > 0 && list[at - 1] == (byte)' ' && list[at + verb.Length] == (byte)' ';
    }

    // A quiet one is answered or not, by what it finds.
    private void TakeMeta(ReadOnlySpan<byte> words)
    {
        foreach (Range range in words.Split((byte)' '))
        {
            if (words[range] is [(byte)'q', ..])
            {
                GiveUp();
                return;
            }
        }

        _waiting++;
    }

    private void Skip(ReadOnlySpan<byte> length)
    {
        if (int.TryParse(length, out int bytes) && bytes >= 0)
        {
            _requests.Skip(bytes + 2);
        }
        else
        {
            GiveUp();
        }
    }

    private void OnReply(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("VALUE "u8) || line.StartsWith("VA "u8))
        {
            bool isMeta = line[1] == (byte)'A' && line[2] == (byte)' ';
            if (!int.TryParse(Word(line, isMeta ? 1 : 3), out int bytes) || bytes < 0)
            {
                GiveUp();
                return;
            }

            _replies.Skip(bytes + 2);
            _isInList = !isMeta;
            _waiting -= isMeta ? 1 : 0;
        }
        else if (line.StartsWith("STAT "u8))
        {
            _isInList = true;
        }
        else
        {
            _isInList = false;
            _waiting--;
        }
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, int index)
    {
        foreach (Range range in line.Split((byte)' '))
        {
            if (range.Start.Value != range.End.Value && index-- == 0)
            {
                return line[range];
            }
        }

        return default;
    }
}
