using System.Numerics;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>The fixed parts around the elements of JDK collections. The caller has made room; all give true.</summary>
internal static class JavaLayout
{
    private const int DefaultCapacity = 16;

    public static bool Int(OutBuffer output, int value)
    {
        output.UInt32((uint)value);
        return true;
    }

    /// <summary>The block with the number of elements.</summary>
    public static bool Size(OutBuffer output, int count)
    {
        output.Byte(JavaToken.BlockData);
        output.Byte(4);
        return Int(output, count);
    }

    /// <summary>Load factor and threshold, then the block with the number of buckets and of entries.</summary>
    public static bool Capacity(OutBuffer output, int count)
    {
        int buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(DefaultCapacity, count * 4L / 3 + 1));
        output.UInt32(BitConverter.SingleToUInt32Bits(0.75f));
        Int(output, buckets / 4 * 3);
        output.Byte(JavaToken.BlockData);
        output.Byte(8);
        Int(output, buckets);
        return Int(output, count);
    }

    public static bool SetCapacity(OutBuffer output, int count)
    {
        output.Byte(JavaToken.BlockData);
        output.Byte(12);
        Int(output, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(DefaultCapacity, count * 4L / 3 + 1)));
        output.UInt32(BitConverter.SingleToUInt32Bits(0.75f));
        return Int(output, count);
    }

    public static bool Element(OutBuffer output, JavaForm form, long value)
    {
        switch (form)
        {
            case JavaForm.Ints:
                output.UInt32((uint)value);
                break;
            case JavaForm.Booleans:
                output.Byte((byte)value);
                break;
            default:
                output.UInt64((ulong)value);
                break;
        }

        return true;
    }
}
