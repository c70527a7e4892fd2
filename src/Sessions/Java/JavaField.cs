namespace SessionGateway.Sessions.Java;

/// <summary>A field of a <see cref="JavaClass"/>.</summary>
/// <param name="Type">Type code: B C D F I J S Z, L for objects, [ for arrays.</param>
/// <param name="Name">The name's bytes in the tree.</param>
/// <param name="Signature">The type's signature in the tree; empty for primitive types.</param>
internal readonly record struct JavaField(byte Type, long Name, long Signature)
{
    public bool IsPrimitive => Type is not ((byte)'L' or (byte)'[');
}
