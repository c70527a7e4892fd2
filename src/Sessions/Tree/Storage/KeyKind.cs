namespace SessionGateway.Sessions.Tree.Storage;

internal enum KeyKind : byte
{
    /// <summary>The root, a box, or a property without name and value.</summary>
    None,
    Integer,
    Bytes,
}
