using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// Turns completely read objects of JDK value classes into plain values: boxes, strings of numbers and dates,
/// collections (<see cref="JavaCollectionValues"/>).
/// What does not look exactly as the JDK writes it (a comparator, keys that are objects, a list inside itself) stays an
/// object as data, so nothing is lost.
/// </summary>
internal static class JavaValues
{
    public static void Simplify(SessionTree tree, int position, int record, IReadOnlyList<JavaClass> classes)
    {
        if ((tree.Nodes[record].Flags & NodeFlags.Cyclic) != 0)
        {
            return;
        }

        string name = classes[(int)tree.Nodes[record].KeyHash - 1].Name;
        switch (name)
        {
            case "java.lang.Integer" or "java.lang.Long" or "java.lang.Short" or "java.lang.Byte":
                Take(tree, position, Find(tree, record, "value"u8), NodeKind.Int64);
                break;
            case "java.lang.Boolean":
                Take(tree, position, Find(tree, record, "value"u8), NodeKind.Boolean);
                break;
            case "java.lang.Double" or "java.lang.Float":
                Take(tree, position, Find(tree, record, "value"u8), NodeKind.Double);
                break;
            case "java.lang.Character":
                Character(tree, position, Find(tree, record, "value"u8));
                break;
            case "java.util.Date":
                Date(tree, position, Find(tree, record, "java.util.Date"u8));
                break;
            case "java.util.UUID":
                Uuid(tree, position, Find(tree, record, "mostSigBits"u8), Find(tree, record, "leastSigBits"u8));
                break;
            case "java.math.BigInteger":
                Integer(tree, position, Find(tree, record, "signum"u8), Find(tree, record, "magnitude"u8));
                break;
            case "java.math.BigDecimal":
                Decimal(tree, position, Find(tree, record, "intVal"u8), Find(tree, record, "scale"u8));
                break;
            default:
                JavaCollectionValues.Simplify(tree, position, record, name);
                break;
        }
    }

    /// <summary>The field, or custom data of the class, of a name.</summary>
    public static int Find(SessionTree tree, int record, ReadOnlySpan<byte> name) =>
        MapOps.Find(tree, record, new MapKey(name));

    private static void Take(SessionTree tree, int position, int value, NodeKind kind)
    {
        if (value != 0 && tree.Nodes[value].Kind == kind)
        {
            tree.Nodes[position].TakeValue(tree.Nodes[value]);
        }
    }

    private static void SetText(SessionTree tree, int position, string text, SessionHint hint)
    {
        long range = tree.AppendBytes(Encoding.UTF8.GetBytes(text));
        ref Node node = ref tree.Nodes[position];
        node.Kind = NodeKind.Bytes;
        node.Value = range;
        node.Hint = hint;
        node.Count = 0;
    }

    private static void Character(SessionTree tree, int position, int value)
    {
        if (value == 0 || tree.Nodes[value].Kind != NodeKind.Int64)
        {
            return;
        }

        Span<byte> encoded = stackalloc byte[3];
        int length = ModifiedUtf8.Put((int)tree.Nodes[value].Value & 0xffff, encoded);
        long range = tree.AppendBytes(encoded[..length]);
        ref Node node = ref tree.Nodes[position];
        node.Kind = NodeKind.Bytes;
        node.Value = range;
        node.Hint = SessionHint.Character;
    }

    private static void Date(SessionTree tree, int position, int data)
    {
        if (JavaCollectionValues.AfterBlock(tree, data, 8) != 0)
        {
            return;
        }

        long time = BinaryPrimitives.ReadInt64BigEndian(tree.Range(tree.Nodes[tree.Nodes[data].First].Value));
        if (time >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            string text = DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture);
            SetText(tree, position, text, SessionHint.Instant);
        }
    }

    private static void Uuid(SessionTree tree, int position, int most, int least)
    {
        if (most != 0 && least != 0 && tree.Nodes[most].Kind == NodeKind.Int64
            && tree.Nodes[least].Kind == NodeKind.Int64)
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteInt64BigEndian(bytes, tree.Nodes[most].Value);
            BinaryPrimitives.WriteInt64BigEndian(bytes[8..], tree.Nodes[least].Value);
            SetText(tree, position, new Guid(bytes, bigEndian: true).ToString(), SessionHint.Uuid);
        }
    }

    private static void Integer(SessionTree tree, int position, int sign, int magnitude)
    {
        if (sign != 0 && magnitude != 0 && tree.Nodes[sign].Kind == NodeKind.Int64
            && tree.Nodes[magnitude].Kind == NodeKind.Bytes
            && tree.Nodes[magnitude].Length <= JavaNumbers.MaxMagnitudeBytes)
        {
            string text = JavaNumbers.Text((int)tree.Nodes[sign].Value, tree.Range(tree.Nodes[magnitude].Value));
            SetText(tree, position, text, SessionHint.BigInteger);
        }
    }

    private static void Decimal(SessionTree tree, int position, int digits, int scale)
    {
        if (digits != 0 && scale != 0 && tree.Nodes[scale].Kind == NodeKind.Int64
            && tree.Nodes[digits].Kind == NodeKind.Bytes && tree.Nodes[digits].Hint == SessionHint.BigInteger)
        {
            string text = Encoding.UTF8.GetString(tree.Range(tree.Nodes[digits].Value));
            SetText(tree, position, JavaNumbers.Scaled(text, (int)tree.Nodes[scale].Value), SessionHint.BigDecimal);
        }
    }
}
