using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>Replaces values by descriptions of them: a flat walk over all nodes, so cycles and depth do not
/// matter.</summary>
internal static class Masking
{
    private const NodeFlags Opaque = NodeFlags.Payload | NodeFlags.EnumCase;

    public static void Apply(SessionTree tree)
    {
        // Nodes that masking adds are described already.
        int count = tree.NodeCount;
        for (int node = SessionTree.RootNode; node < count; node++)
        {
            switch (tree.Nodes[node].Kind)
            {
                case NodeKind.Boolean:
                    Describe(tree, node, "boolean");
                    break;
                case NodeKind.Int64:
                    Describe(tree, node, "integer");
                    break;
                case NodeKind.Double:
                    Describe(tree, node, "float");
                    break;
                case NodeKind.Bytes:
                    Describe(tree, node, TextOrBytes(tree, tree.Nodes[node]));
                    break;
                case NodeKind.Record when (tree.Nodes[node].Flags & Opaque) != 0:
                    OpenRecord(tree, node);
                    break;
                default:
                    break;
            }
        }

        tree.Traits |= TreeTraits.Masked;
    }

    private static string TextOrBytes(SessionTree tree, in Node node)
    {
        bool isText = node.Hint is not (SessionHint.Binary or SessionHint.CustomData)
            && Utf8.IsValid(tree.Range(node.Value));
        return string.Create(CultureInfo.InvariantCulture,
            $"{(isText ? "text" : "binary")}, {node.Length} {(node.Length == 1 ? "byte" : "bytes")}");
    }

    private static void Describe(SessionTree tree, int node, string description)
    {
        long range = tree.AppendBytes(Encoding.UTF8.GetBytes(description));
        ref Node place = ref tree.Nodes[node];
        place.Kind = NodeKind.Bytes;
        place.Value = range;
        place.Hint = SessionHint.None;
    }

    /// <summary>An object with a payload or an enum case becomes one with a property that says so.</summary>
    private static void OpenRecord(SessionTree tree, int record)
    {
        bool isCase = (tree.Nodes[record].Flags & NodeFlags.EnumCase) != 0;
        int length = tree.Nodes[record].Length;
        tree.Nodes[record].Flags &= ~Opaque;
        tree.Nodes[record].Value = 0;
        tree.Nodes[record].Count = 0;
        int property = tree.NewNode();
        ReadOnlySpan<byte> name = isCase ? "case"u8 : "payload"u8;
        new MapKey(name).Store(tree, property);
        Describe(tree, property,
            isCase ? "name of an enum case" : string.Create(CultureInfo.InvariantCulture, $"binary, {length} bytes"));
        MapOps.Append(tree, record, property);
    }
}
