using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions.Java;

/// <summary>Which Java collection a map of the tree becomes: what it was read as, if its present content still
/// fits.</summary>
internal static class JavaCollections
{
    public static bool IsMapHint(SessionHint hint) =>
        hint is SessionHint.Dictionary or SessionHint.HashMap or SessionHint.TreeMap or SessionHint.ConcurrentHashMap
            or SessionHint.Hashtable or SessionHint.ImmutableMap;

    public static bool IsListHint(SessionHint hint) => !IsMapHint(hint);

    /// <summary>The hint of a list, or that of a plain list where an element does not fit.</summary>
    public static SessionHint Fitting(SessionTree tree, int holder, SessionHint hint)
    {
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            if (!Fits(tree.Nodes[child], hint))
            {
                return SessionHint.List;
            }
        }

        return hint;
    }

    /// <summary>The hint of a map, or that of a LinkedHashMap where a value does not fit or it was no map
    /// before.</summary>
    public static SessionHint FittingMap(SessionTree tree, int holder, SessionHint hint)
    {
        bool noNulls = hint is SessionHint.ConcurrentHashMap or SessionHint.Hashtable or SessionHint.ImmutableMap;
        return IsMapHint(hint) && (!noNulls || Fitting(tree, holder, SessionHint.ImmutableList) != SessionHint.List)
            ? hint
            : SessionHint.Dictionary;
    }

    public static bool HasInt32Keys(SessionTree tree, int holder)
    {
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            ref readonly Node node = ref tree.Nodes[child];
            if (node.KeyKind == KeyKind.Integer && node.Key != (int)node.Key)
            {
                return false;
            }
        }

        return true;
    }

    public static bool HasIntegerKeys(SessionTree tree, int holder)
    {
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            if (tree.Nodes[child].KeyKind == KeyKind.Integer)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(in Node node, SessionHint hint) => hint switch
    {
        SessionHint.StringArray => node.Kind == NodeKind.Null
            || (node.Kind == NodeKind.Bytes && node.Hint is SessionHint.None or SessionHint.Text),
        SessionHint.Int32Array => node.Kind == NodeKind.Int64 && node.Value == (int)node.Value,
        SessionHint.Int64Array => node.Kind == NodeKind.Int64,
        SessionHint.DoubleArray => node.Kind == NodeKind.Double,
        SessionHint.BooleanArray => node.Kind == NodeKind.Boolean,
        SessionHint.ImmutableList or SessionHint.ImmutableSet => node.Kind is not (NodeKind.Null or NodeKind.Reference),
        _ => true,
    };
}
