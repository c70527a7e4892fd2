using System.Buffers.Binary;

namespace SessionGateway.Store.Collections.Entries;

/// <summary>The order of a sorted set: by score, then by the members' bytes as memcmp(3) has them.</summary>
internal static class ScoreOrder
{
    private const ulong SignBit = 1UL << 63;

    /// <summary>A number that is ordered as the score is; -0 and 0 are the same.</summary>
    public static ulong Of(double score)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(score == 0 ? 0 : score);
        return (bits & SignBit) != 0 ? ~bits : bits | SignBit;
    }

    /// <summary>The first eight bytes of a member as a number that is ordered as they are.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> member)
    {
        if (member.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(member);
        }

        ulong prefix = 0;
        for (int i = 0; i < member.Length; i++)
        {
            prefix |= (ulong)member[i] << (56 - (8 * i));
        }

        return prefix;
    }

    /// <summary>Compares two places.</summary>
    /// <returns>Negative when the left one comes first, 0 when they are the same.</returns>
    public static int Compare(double left, ReadOnlySpan<byte> leftMember, double right, ReadOnlySpan<byte> rightMember)
    {
        int scores = left.CompareTo(right);
        return scores != 0 && left != right ? scores : leftMember.SequenceCompareTo(rightMember);
    }
}
