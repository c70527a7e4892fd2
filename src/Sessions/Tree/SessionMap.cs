using System.Buffers;
using System.Collections;
using System.Text;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>
/// The entries of a map (or the properties of an object) in their order. A handle like <see cref="SessionValue"/>. An
/// array that several places share until it is written is given its own copy by the first change.
/// </summary>
public readonly struct SessionMap : IEnumerable<SessionEntry>
{
    private readonly SessionTree _tree;
    private readonly int _node;

    // As in SessionValue: the position through which a shared array was entered, possibly this one.
    private readonly int _origin;

    internal SessionMap(SessionTree tree, int node, int origin = 0)
    {
        _tree = tree;
        _node = node;
        _origin = origin;
    }

    /// <summary>Number of entries.</summary>
    public int Count => _tree.Nodes[Holder].Count;

    /// <summary>Whether the keys are 0 to n-1 in order; an empty map is a list unless it was written as a
    /// dictionary.</summary>
    public bool IsList => TreeShape.IsList(_tree, Holder);

    private int Position => _origin == 0 ? _node : _tree.Current(_origin, _node);

    private int Holder => _tree.Holder(Position);

    /// <summary>What the values in this map have been reached through.</summary>
    private int ChildOrigin =>
        _origin != 0 ? _origin : _tree.Nodes[_tree.Resolve(_node)].Kind == NodeKind.SharedMap ? _node : 0;

    /// <summary>The value under a text key; <see cref="SessionValue.Exists"/> is false where there is none.</summary>
    public SessionValue this[string key] => TryGetValue(key, out SessionValue value) ? value : default;

    /// <summary>The value under an integer key; <see cref="SessionValue.Exists"/> is false where there is
    /// none.</summary>
    public SessionValue this[long key] => TryGetValue(key, out SessionValue value) ? value : default;

    /// <summary>Finds the value under a text key.</summary>
    public bool TryGetValue(string key, out SessionValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var utf8 = new KeyText(key);
        return TryGetValue(utf8.Bytes, out value);
    }

    /// <summary>Finds the value under a byte string key.</summary>
    public bool TryGetValue(ReadOnlySpan<byte> key, out SessionValue value) => TryGetValue(new MapKey(key), out value);

    /// <summary>Finds the value under an integer key.</summary>
    public bool TryGetValue(long key, out SessionValue value) => TryGetValue(new MapKey(key), out value);

    /// <summary>The place under a text key, made (with null in it) at the end where there is none.</summary>
    public SessionValue Put(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var utf8 = new KeyText(key);
        return Put(utf8.Bytes);
    }

    /// <summary>The place under a byte string key, made (with null in it) at the end where there is none.</summary>
    public SessionValue Put(ReadOnlySpan<byte> key) => Put(new MapKey(key));

    /// <summary>The place under an integer key, made (with null in it) at the end where there is none.</summary>
    public SessionValue Put(long key) => Put(new MapKey(key));

    /// <summary>A new place (with null in it) under the next free integer key: appends to a list.</summary>
    public SessionValue Append()
    {
        long next = 0;
        foreach (SessionEntry entry in this)
        {
            if (entry.Key.IsInteger && entry.Key.Integer >= next)
            {
                next = checked(entry.Key.Integer + 1);
            }
        }

        return Put(next);
    }

    /// <summary>Sets text under a key.</summary>
    public void Set(string key, string value) => Put(key).Set(value);

    /// <summary>Sets an integer under a key.</summary>
    public void Set(string key, long value) => Put(key).Set(value);

    /// <summary>Sets a number under a key.</summary>
    public void Set(string key, double value) => Put(key).Set(value);

    /// <summary>Sets a boolean under a key.</summary>
    public void Set(string key, bool value) => Put(key).Set(value);

    /// <summary>Sets bytes under a key.</summary>
    public void Set(string key, ReadOnlySpan<byte> value) => Put(key).Set(value);

    /// <summary>Removes an entry. Gives false where there is none.</summary>
    public bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var utf8 = new KeyText(key);
        return Remove(new MapKey(utf8.Bytes));
    }

    /// <summary>Removes an entry. Gives false where there is none.</summary>
    public bool Remove(ReadOnlySpan<byte> key) => Remove(new MapKey(key));

    /// <summary>Removes an entry. Gives false where there is none.</summary>
    public bool Remove(long key) => Remove(new MapKey(key));

    /// <summary>Removes all entries.</summary>
    public void Clear() => MapOps.Clear(_tree, Writable());

    /// <summary>Walks the entries in order; the map must not be changed meanwhile, its values may be.</summary>
    public Enumerator GetEnumerator() => new(_tree, _tree.Nodes[Holder].First, ChildOrigin);

    IEnumerator<SessionEntry> IEnumerable<SessionEntry>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryGetValue(in MapKey key, out SessionValue value)
    {
        int child = MapOps.Find(_tree, Holder, key);
        value = child != 0 ? new SessionValue(_tree, child, ChildOrigin) : default;
        return child != 0;
    }

    private SessionValue Put(in MapKey key)
    {
        int holder = Writable();
        int child = MapOps.Find(_tree, holder, key);
        if (child == 0)
        {
            child = _tree.NewNode();
            key.Store(_tree, child);
            _tree.Nodes[child].Kind = NodeKind.Null;
            MapOps.Append(_tree, holder, child);
        }

        return new SessionValue(_tree, child, _origin);
    }

    private bool Remove(in MapKey key) =>
        MapOps.Find(_tree, Holder, key) != 0 && MapOps.Remove(_tree, Writable(), key);

    /// <summary>The holder to change: this position's own list of entries.</summary>
    private int Writable() => _tree.Detached(_origin, _node);

    /// <summary>Walks the entries of a map.</summary>
    public struct Enumerator : IEnumerator<SessionEntry>
    {
        private readonly SessionTree _tree;
        private readonly int _first;
        private readonly int _origin;
        private int _next;
        private int _current;

        internal Enumerator(SessionTree tree, int first, int origin)
        {
            _tree = tree;
            _origin = origin;
            _first = _next = first;
        }

        /// <inheritdoc/>
        public readonly SessionEntry Current =>
            new(new SessionKey(_tree, _current), new SessionValue(_tree, _current, _origin));

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            _current = _next;
            if (_current == 0)
            {
                return false;
            }

            _next = _tree.Nodes[_current].Next;
            return true;
        }

        /// <inheritdoc/>
        public void Reset() => _next = _first;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>A text key as UTF-8 in a rented buffer.</summary>
    private readonly ref struct KeyText : IDisposable
    {
        private readonly byte[] _rented;
        private readonly int _length;

        public KeyText(string key)
        {
            _rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(key.Length));
            _length = Encoding.UTF8.GetBytes(key, _rented);
        }

        public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
    }
}
