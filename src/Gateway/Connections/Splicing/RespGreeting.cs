using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>
/// What a client said of itself, as it said it: AUTH, HELLO, SELECT, CLIENT SETNAME and the like, the last of each in
/// the order of the first. A new connection is told all of it.
/// </summary>
internal sealed class RespGreeting
{
    private readonly List<(string Slot, byte[] Request)> _requests = [];
    private byte[] _request = [];
    private int _length;
    private int _kept;

    /// <summary>A request begins, whose name has been read.</summary>
    /// <param name="arguments">Its arguments with its name.</param>
    /// <param name="name">The name.</param>
    /// <returns>True: the rest of its bytes is wanted.</returns>
    public bool Begin(long arguments, ReadOnlySpan<byte> name)
    {
        _length = 0;
        return TryAdd(Encoding.ASCII.GetBytes($"*{arguments}\r\n${name.Length}\r\n"), int.MaxValue)
            && TryAdd(name, int.MaxValue) && TryAdd("\r\n"u8, int.MaxValue);
    }

    /// <summary>Its next bytes.</summary>
    /// <returns>False when that would be more than is kept.</returns>
    public bool TryAdd(ReadOnlySpan<byte> bytes, int most)
    {
        if (_kept + _length + bytes.Length > most)
        {
            return false;
        }

        if (_length + bytes.Length > _request.Length)
        {
            Array.Resize(ref _request, Math.Max(128, 2 * (_length + bytes.Length)));
        }

        bytes.CopyTo(_request.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }

    /// <summary>It is whole.</summary>
    /// <returns>False when it is one after which nobody can say how the connection stands.</returns>
    public bool End()
    {
        ReadOnlySpan<byte> request = _request.AsSpan(0, _length);
        string? slot = SlotOf(request, out bool isKnown);
        if (slot is null)
        {
            return isKnown;
        }

        int index = _requests.FindIndex(kept => kept.Slot == slot);
        if (index < 0)
        {
            _requests.Add((slot, request.ToArray()));
            _kept += _length;
        }
        else if (!request.SequenceEqual(_requests[index].Request))
        {
            _kept += _length - _requests[index].Request.Length;
            _requests[index] = (slot, request.ToArray());
        }

        return true;
    }

    /// <summary>Writes all; how many there are.</summary>
    public int Write(ref ByteQueue to)
    {
        foreach ((_, byte[] request) in _requests)
        {
            to.Append(request);
        }

        return _requests.Count;
    }

    // One place for each command, of CLIENT and its SETINFO for each of what they set; null: nothing to keep.
    private static string? SlotOf(ReadOnlySpan<byte> request, out bool isKnown)
    {
        isKnown = true;
        string name = Argument(request, 0);
        if (name != "CLIENT")
        {
            return name;
        }

        string what = Argument(request, 1);
        isKnown = what is not ("TRACKING" or "REPLY" or "CACHING");
        return what switch
        {
            "SETNAME" or "NO-EVICT" or "NO-TOUCH" or "CAPA" or "MAINT_NOTIFICATIONS" => what,
            "SETINFO" => what + Argument(request, 2),
            _ => null,
        };
    }

    private static string Argument(ReadOnlySpan<byte> request, int index)
    {
        int at = request.IndexOf((byte)'\n') + 1;
        for (int i = 0; at < request.Length; i++)
        {
            int lineEnd = request[at..].IndexOf((byte)'\n');
            int length = int.Parse(request.Slice(at + 1, lineEnd - 2));
            at += lineEnd + 1;
            if (i == index)
            {
                return Encoding.ASCII.GetString(request.Slice(at, length)).ToUpperInvariant();
            }

            at += length + 2;
        }

        return "";
    }
}
