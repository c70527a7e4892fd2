namespace SessionGateway.ResilienceTests.Support;

/// <summary>Long byte strings.</summary>
internal static class Bytes
{
    /// <summary>The same bytes many times.</summary>
    public static byte[] Repeat(ReadOnlySpan<byte> unit, int times)
    {
        byte[] all = new byte[checked(unit.Length * times)];
        for (int i = 0; i < times; i++)
        {
            unit.CopyTo(all.AsSpan(i * unit.Length));
        }

        return all;
    }

    /// <summary>Bytes one after the other.</summary>
    public static byte[] Join(IEnumerable<byte[]> parts)
    {
        var all = new MemoryStream();
        foreach (byte[] part in parts)
        {
            all.Write(part);
        }

        return all.ToArray();
    }
}
