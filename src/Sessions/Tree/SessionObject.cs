using System.Text;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>An object as data. No type of this name is looked up, loaded or created anywhere in this library.</summary>
public readonly struct SessionObject
{
    private readonly SessionTree _tree;
    private readonly int _record;

    internal SessionObject(SessionTree tree, int record)
    {
        _tree = tree;
        _record = record;
    }

    /// <summary>The class name as written by the other side.</summary>
    public string ClassName => Encoding.UTF8.GetString(ClassNameBytes);

    /// <summary>The bytes of the class name, valid until the tree is changed.</summary>
    public ReadOnlySpan<byte> ClassNameBytes => _tree.Range(Record.Key);

    /// <summary>What the object's data consists of.</summary>
    public SessionObjectBody Body =>
        (Record.Flags & NodeFlags.EnumCase) != 0 ? SessionObjectBody.EnumCase
        : (Record.Flags & NodeFlags.Payload) != 0 ? SessionObjectBody.Payload
        : SessionObjectBody.Properties;

    /// <summary>
    /// The properties. PHP's names carry visibility: <c>\0*\0name</c> is protected, <c>\0Class\0name</c> private.
    /// </summary>
    /// <exception cref="InvalidOperationException">The object has a payload or is an enum case.</exception>
    public SessionMap Properties => Body == SessionObjectBody.Properties
        ? new SessionMap(_tree, _record)
        : throw new InvalidOperationException($"An object with {Body} has no properties.");

    /// <summary>The bytes only the class understands; empty unless the body is a payload. Valid until the tree is
    /// changed.</summary>
    public ReadOnlySpan<byte> Payload => Body == SessionObjectBody.Payload ? _tree.Range(Record.Value) : default;

    /// <summary>The name of the enum case; empty unless the body is one.</summary>
    public string CaseName =>
        Body == SessionObjectBody.EnumCase ? Encoding.UTF8.GetString(_tree.Range(Record.Value)) : "";

    /// <summary>Whether this and the other are one and the same object, not only equal.</summary>
    public bool IsSame(SessionObject other) => ReferenceEquals(_tree, other._tree) && _record == other._record;

    private ref readonly Node Record => ref _tree.Nodes[_record];
}
