using System.Globalization;

namespace SessionGateway.Replication.Stream;

/// <summary>Names of histories: 40 hexadecimal digits, as Redis makes them.</summary>
public static class ReplicationId
{
    /// <summary>Digits.</summary>
    public const int Length = 40;

    /// <summary>No history.</summary>
    public static string None { get; } = new('0', Length);

    /// <summary>Makes one.</summary>
    /// <param name="random">Gives the next 64 random bits.</param>
    public static string Next(Func<ulong> random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return string.Create(CultureInfo.InvariantCulture, $"{random():x16}{random():x16}{(uint)random():x8}");
    }

    /// <summary>True for something that may be one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text) =>
        text.Length == Length && text.IndexOfAnyExcept("0123456789abcdefABCDEF"u8) < 0;
}
