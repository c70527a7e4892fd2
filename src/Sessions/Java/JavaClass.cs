namespace SessionGateway.Sessions.Java;

/// <summary>A class as a stream describes it. Kept with the tree, so that objects of classes nobody here knows can be
/// written back.</summary>
/// <param name="Name">The name, dots between packages.</param>
/// <param name="NameRange">The name's bytes in the tree.</param>
/// <param name="Uid">serialVersionUID.</param>
/// <param name="Flags">SC_ flags of the protocol.</param>
/// <param name="Fields">The fields in the order of the stream.</param>
internal sealed record JavaClass(string Name, long NameRange, ulong Uid, byte Flags, JavaField[] Fields)
{
    /// <summary>Index of the superclass among the stream's classes; -1 where there is none.</summary>
    public int Super { get; set; } = -1;

    /// <summary>Length of the chain of superclasses, this class included.</summary>
    public int Depth { get; set; } = 1;

    /// <summary>Interfaces, where the class is a dynamic proxy.</summary>
    public long[]? ProxyInterfaces { get; init; }

    /// <summary>Whether objects carry data that the class wrote itself.</summary>
    public bool HasCustomData => (Flags & (JavaToken.FlagWriteMethod | JavaToken.FlagExternalizable)) != 0;
}
