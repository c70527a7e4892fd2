using SessionGateway.Sessions.Reading;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Java;

/// <summary>The part of <see cref="JavaValues"/> for JDK collections: their custom data becomes the entries of a
/// map.</summary>
internal static class JavaCollectionValues
{
    public static void Simplify(SessionTree tree, int position, int record, string name)
    {
        switch (name)
        {
            case "java.util.ArrayList":
                List(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.ArrayList"u8), 4),
                    SessionHint.List);
                break;
            case "java.util.LinkedList":
                List(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.LinkedList"u8), 4),
                    SessionHint.LinkedList);
                break;
            case "java.util.HashSet":
                List(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.HashSet"u8), 12),
                    SessionHint.HashSet);
                break;
            case "java.util.LinkedHashSet":
                List(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.HashSet"u8), 12),
                    SessionHint.LinkedHashSet);
                break;
            case "java.util.TreeSet":
                List(tree, position, AfterComparator(tree, JavaValues.Find(tree, record, "java.util.TreeSet"u8)),
                    SessionHint.TreeSet);
                break;
            case "java.util.Collections$EmptyList":
                List(tree, position, 0, SessionHint.EmptyList);
                break;
            case "java.util.Collections$EmptySet":
                List(tree, position, 0, SessionHint.HashSet);
                break;
            case "java.util.Collections$EmptyMap":
                Map(tree, position, 0, SessionHint.Dictionary, endsWithNulls: false);
                break;
            case "java.util.CollSer":
                Immutable(tree, position, record);
                break;
            case "java.util.Arrays$ArrayList":
                FixedList(tree, position, JavaValues.Find(tree, record, "a"u8));
                break;
            case "java.util.HashMap":
                Map(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.HashMap"u8), 8),
                    SessionHint.HashMap, false);
                break;
            case "java.util.LinkedHashMap" when IsFalse(tree, JavaValues.Find(tree, record, "accessOrder"u8)):
                Map(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.HashMap"u8), 8),
                    SessionHint.Dictionary, false);
                break;
            case "java.util.TreeMap" when IsNull(tree, JavaValues.Find(tree, record, "comparator"u8)):
                Map(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.TreeMap"u8), 4),
                    SessionHint.TreeMap, false);
                break;
            case "java.util.Hashtable":
                Map(tree, position, AfterBlock(tree, JavaValues.Find(tree, record, "java.util.Hashtable"u8), 8),
                    SessionHint.Hashtable, false);
                break;
            case "java.util.concurrent.ConcurrentHashMap":
                int data = JavaValues.Find(tree, record, "java.util.concurrent.ConcurrentHashMap"u8);
                Map(tree, position, data == 0 ? -1 : tree.Nodes[data].First, SessionHint.ConcurrentHashMap,
                    endsWithNulls: true);
                break;
            default:
                break;
        }
    }

    private static bool IsNull(SessionTree tree, int node) => node != 0 && tree.Nodes[node].Kind == NodeKind.Null;

    private static bool IsFalse(SessionTree tree, int node) =>
        node != 0 && tree.Nodes[node].Kind == NodeKind.Boolean && tree.Nodes[node].Value == 0;

    private static bool IsBlock(SessionTree tree, int node) =>
        tree.Nodes[node].Kind == NodeKind.Bytes && tree.Nodes[node].Hint == SessionHint.CustomData;

    /// <summary>The first content after the block of sizes that starts custom data; 0 where none follows, -1 where it
    /// is not so.</summary>
    public static int AfterBlock(SessionTree tree, int data, int length)
    {
        if (data == 0 || tree.Nodes[data].Kind != NodeKind.Map || tree.Nodes[data].Hint != SessionHint.CustomData)
        {
            return -1;
        }

        int block = tree.Nodes[data].First;
        return block != 0 && IsBlock(tree, block) && tree.Nodes[block].Length == length ? tree.Nodes[block].Next : -1;
    }

    private static int AfterComparator(SessionTree tree, int data)
    {
        if (data == 0 || tree.Nodes[data].Kind != NodeKind.Map || !IsNull(tree, tree.Nodes[data].First))
        {
            return -1;
        }

        int block = tree.Nodes[tree.Nodes[data].First].Next;
        return block != 0 && IsBlock(tree, block) ? tree.Nodes[block].Next : -1;
    }

    /// <summary>Makes a chain of contents the elements of a list.</summary>
    private static void List(SessionTree tree, int position, int first, SessionHint hint)
    {
        int last = 0;
        int count = 0;
        for (int item = Math.Max(first, 0); item != 0; item = tree.Nodes[item].Next)
        {
            if (IsBlock(tree, item))
            {
                return;
            }
        }

        if (first < 0)
        {
            return;
        }

        for (int item = first; item != 0; item = tree.Nodes[item].Next)
        {
            tree.Nodes[item].Key = count++;
            tree.Nodes[item].KeyKind = KeyKind.Integer;
            last = item;
        }

        Become(tree, position, first, last, count, hint);
    }

    /// <summary>Makes a chain of keys and values the entries of a map, if all keys are texts or Integers.</summary>
    private static void Map(SessionTree tree, int position, int first, SessionHint hint, bool endsWithNulls)
    {
        if (first < 0 || !ArePairs(tree, first, endsWithNulls))
        {
            return;
        }

        int head = 0;
        int last = 0;
        int count = 0;
        for (int key = first; key != 0 && tree.Nodes[key].Kind != NodeKind.Null;)
        {
            int value = tree.Nodes[key].Next;
            int next = tree.Nodes[value].Next;
            if (tree.Nodes[key].Kind == NodeKind.Int64)
            {
                tree.Nodes[value].Key = tree.Nodes[key].Value;
                tree.Nodes[value].KeyKind = KeyKind.Integer;
            }
            else
            {
                tree.Nodes[value].Key = tree.Nodes[key].Value;
                tree.Nodes[value].KeyKind = KeyKind.Bytes;
                tree.Nodes[value].KeyHash = KeyHash.Of(tree.Range(tree.Nodes[key].Value));
            }

            tree.Nodes[value].Next = 0;
            if (last == 0)
            {
                head = value;
            }
            else
            {
                tree.Nodes[last].Next = value;
            }

            last = value;
            count++;
            key = next;
        }

        Become(tree, position, head, last, count, hint);
        if (count > 1)
        {
            Duplicates.Collapse(tree, position);
        }
    }

    private static bool ArePairs(SessionTree tree, int first, bool endsWithNulls)
    {
        int key = first;
        for (; key != 0; key = tree.Nodes[tree.Nodes[key].Next].Next)
        {
            ref readonly Node node = ref tree.Nodes[key];
            int value = node.Next;
            if (value == 0 || IsBlock(tree, value))
            {
                return false;
            }

            bool isText = node.Kind == NodeKind.Bytes && node.Hint is SessionHint.None or SessionHint.Text;
            bool isInteger = node.Kind == NodeKind.Int64 && node.Hint == SessionHint.Int32;
            if (endsWithNulls && IsNull(tree, key) && IsNull(tree, value) && tree.Nodes[value].Next == 0)
            {
                return true;
            }

            if (!isText && !isInteger)
            {
                return false;
            }
        }

        return !endsWithNulls;
    }

    private static void Become(SessionTree tree, int position, int first, int last, int count, SessionHint hint)
    {
        ref Node node = ref tree.Nodes[position];
        node.Kind = NodeKind.Map;
        node.Value = Node.Pack(first, last);
        node.Count = count;
        node.Hint = hint;
    }

    private static void Immutable(SessionTree tree, int position, int record)
    {
        int tag = JavaValues.Find(tree, record, "tag"u8);
        int first = AfterBlock(tree, JavaValues.Find(tree, record, "java.util.CollSer"u8), 4);
        switch (tag == 0 ? 0 : tree.Nodes[tag].Value & 0xff)
        {
            case 1:
                List(tree, position, first, SessionHint.ImmutableList);
                break;
            case 2:
                List(tree, position, first, SessionHint.ImmutableSet);
                break;
            case 3:
                Map(tree, position, first, SessionHint.ImmutableMap, endsWithNulls: false);
                break;
            default:
                break;
        }
    }

    /// <summary>Arrays.asList: the elements are those of an array that may have a handle of its own, so they are
    /// copied.</summary>
    private static void FixedList(SessionTree tree, int position, int array)
    {
        if (array == 0 || tree.Nodes[array].Kind is not (NodeKind.Map or NodeKind.SharedMap or NodeKind.Object))
        {
            return;
        }

        int holder = tree.Holder(array);
        if ((tree.Nodes[holder].Flags & (NodeFlags.Open | NodeFlags.Payload | NodeFlags.EnumCase)) != 0)
        {
            return;
        }

        int first = 0;
        int last = 0;
        int count = 0;
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            if (tree.Nodes[child].Kind == NodeKind.Map && Sharing.MakeShared(tree, child) == 0)
            {
                return;
            }

            int copy = tree.AddNode();
            if (copy == 0)
            {
                return;
            }

            tree.Nodes[copy] = tree.Nodes[child] with { Next = 0 };
            first = first == 0 ? copy : first;
            tree.Nodes[last].Next = copy;
            last = copy;
            count++;
        }

        tree.Nodes[0].Next = 0;
        Become(tree, position, first, last, count, SessionHint.FixedList);
    }
}
