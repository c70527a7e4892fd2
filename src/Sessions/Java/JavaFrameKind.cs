namespace SessionGateway.Sessions.Java;

internal enum JavaFrameKind : byte
{
    Object,
    Array,
    Enum,
    ClassObject,

    /// <summary>A class description between its fields and its superclass.</summary>
    ClassDesc,

    /// <summary>Block data and contents up to the end mark: an object's custom data, or a class annotation.</summary>
    CustomData,
}
