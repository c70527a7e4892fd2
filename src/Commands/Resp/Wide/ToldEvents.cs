namespace SessionGateway.Commands.Resp.Wide;

/// <summary>The events that the pieces of one call have told of its key: each is told once, as of the whole
/// call.</summary>
internal sealed class ToldEvents
{
    private readonly List<byte[]> _names = [];

    /// <summary>Notes an event.</summary>
    /// <returns>False when it was told before.</returns>
    public bool TryAdd(ReadOnlySpan<byte> name)
    {
        foreach (byte[] told in _names)
        {
            if (name.SequenceEqual(told))
            {
                return false;
            }
        }

        _names.Add(name.ToArray());
        return true;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _names.Clear();
}
