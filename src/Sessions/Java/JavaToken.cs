namespace SessionGateway.Sessions.Java;

/// <summary>Constants of the Java Object Serialization Stream Protocol (java.io.ObjectStreamConstants).</summary>
internal static class JavaToken
{
    public const ushort Magic = 0xaced;
    public const ushort Version = 5;
    public const uint FirstHandle = 0x7e0000;

    public const byte Null = 0x70;
    public const byte Reference = 0x71;
    public const byte ClassDesc = 0x72;
    public const byte Object = 0x73;
    public const byte String = 0x74;
    public const byte Array = 0x75;
    public const byte Class = 0x76;
    public const byte BlockData = 0x77;
    public const byte EndBlockData = 0x78;
    public const byte Reset = 0x79;
    public const byte BlockDataLong = 0x7a;
    public const byte LongString = 0x7c;
    public const byte ProxyClassDesc = 0x7d;
    public const byte Enum = 0x7e;

    public const byte FlagWriteMethod = 0x01;
    public const byte FlagSerializable = 0x02;
    public const byte FlagExternalizable = 0x04;
    public const byte FlagBlockData = 0x08;
    public const byte FlagEnum = 0x10;
}
