namespace SessionGateway.Sessions.Igbinary;

/// <summary>Type bytes of igbinary. Where three follow each other, they differ in the width of the number: 1, 2, 4
/// bytes.</summary>
internal static class IgbinaryType
{
    public const byte Null = 0x00;
    public const byte ArrayReference8 = 0x01;
    public const byte ArrayReference32 = 0x03;
    public const byte False = 0x04;
    public const byte True = 0x05;

    /// <summary>Even types are positive, the following odd ones negative: 06/07, 08/09, 0a/0b, and 20/21 for 8
    /// bytes.</summary>
    public const byte Long8 = 0x06;
    public const byte Long32Negative = 0x0b;
    public const byte Double = 0x0c;
    public const byte EmptyString = 0x0d;
    public const byte StringId8 = 0x0e;
    public const byte StringId32 = 0x10;
    public const byte String8 = 0x11;
    public const byte String32 = 0x13;
    public const byte Array8 = 0x14;
    public const byte Array32 = 0x16;
    public const byte Object8 = 0x17;
    public const byte Object32 = 0x19;
    public const byte ObjectId8 = 0x1a;
    public const byte ObjectId32 = 0x1c;
    public const byte Payload8 = 0x1d;
    public const byte Payload32 = 0x1f;
    public const byte Long64 = 0x20;
    public const byte Long64Negative = 0x21;
    public const byte ObjectReference8 = 0x22;
    public const byte ObjectReference32 = 0x24;
    public const byte Reference = 0x25;
    public const byte String64 = 0x26;
    public const byte EnumCase = 0x27;
}
