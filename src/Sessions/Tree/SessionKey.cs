using System.Globalization;
using System.Text;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>The key of an entry: a signed 64-bit integer or a byte string.</summary>
public readonly struct SessionKey
{
    private readonly SessionTree _tree;
    private readonly int _node;

    internal SessionKey(SessionTree tree, int node)
    {
        _tree = tree;
        _node = node;
    }

    /// <summary>Whether the key is an integer.</summary>
    public bool IsInteger => Node.KeyKind == KeyKind.Integer;

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">The key is a byte string.</exception>
    public long Integer => IsInteger ? Node.Key : throw new InvalidOperationException("The key is not an integer.");

    /// <summary>The bytes of a byte string key, valid until the tree is changed; empty for an integer key.</summary>
    public ReadOnlySpan<byte> Bytes => Node.KeyKind == KeyKind.Bytes ? _tree.Range(Node.Key) : default;

    private ref readonly Node Node => ref _tree.Nodes[_node];

    /// <summary>The integer in decimal, or the bytes as UTF-8 text.</summary>
    public override string ToString() =>
        IsInteger ? Node.Key.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(Bytes);
}
