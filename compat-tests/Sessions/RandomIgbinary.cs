namespace SessionGateway.CompatTests.Sessions;

/// <summary>
/// Seeded igbinary sessions of arrays, objects, references and back references to them in every position, as no writer
/// but PHP's own memory would make them: an object that is referred to before and after it was plain, a reference that
/// nobody shares.
/// </summary>
internal sealed class RandomIgbinary(Random random)
{
    private const byte Reference = 0x25;

    private readonly List<byte> _bytes = [];

    // Numbers of what is complete and may be met again, and whether it is an object.
    private readonly List<(int Id, bool IsObject)> _known = [];
    private int _nextId;
    private int _names;

    public byte[] Next()
    {
        _bytes.Clear();
        _known.Clear();
        (_nextId, _names) = (1, 0);
        int count = random.Next(2, 6);
        _bytes.AddRange([0, 0, 0, 2, 0x14, (byte)count]);
        for (int i = 0; i < count; i++)
        {
            Key();
            Value(1);
        }

        return [.. _bytes];
    }

    private void Key() => _bytes.AddRange([0x11, 2, (byte)'k', (byte)('a' + _names++)]);

    private void Value(int depth)
    {
        bool isReference = random.Next(3) == 0;
        if (isReference)
        {
            _bytes.Add(Reference);
        }

        switch (random.Next(depth < 3 ? 5 : 3))
        {
            case 0:
                _bytes.AddRange([0x06, (byte)random.Next(10)]);
                if (isReference)
                {
                    _known.Add((_nextId++, false));
                }

                break;
            case 1 or 2 when _known.Count > 0:
                (int id, bool isObject) = _known[random.Next(_known.Count)];
                _bytes.AddRange([isObject ? (byte)0x22 : (byte)0x01, (byte)id]);
                break;
            case 3:
                Children(0x14, depth, isObject: false);
                break;
            default:
                _bytes.AddRange([0x17, 8, .. "stdClass"u8]);
                Children(0x14, depth, isObject: true);
                break;
        }
    }

    private void Children(byte type, int depth, bool isObject)
    {
        int id = _nextId++;

        // An empty array is one for all of PHP, which no writer of ours knows.
        int count = isObject ? random.Next(3) : random.Next(1, 3);
        _bytes.AddRange([type, (byte)count]);
        for (int i = 0; i < count; i++)
        {
            Key();
            Value(depth + 1);
        }

        _known.Add((id, isObject));
    }
}
