namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>Opcodes of the binary protocol (memcached protocol_binary.h).</summary>
public enum BinaryOpcode : byte
{
#pragma warning disable CS1591 // the names of protocol_binary.h
    Get = 0x00,
    Set = 0x01,
    Add = 0x02,
    Replace = 0x03,
    Delete = 0x04,
    Increment = 0x05,
    Decrement = 0x06,
    Quit = 0x07,
    Flush = 0x08,
    GetQ = 0x09,
    Noop = 0x0a,
    Version = 0x0b,
    GetK = 0x0c,
    GetKQ = 0x0d,
    Append = 0x0e,
    Prepend = 0x0f,
    Stat = 0x10,
    SetQ = 0x11,
    AddQ = 0x12,
    ReplaceQ = 0x13,
    DeleteQ = 0x14,
    IncrementQ = 0x15,
    DecrementQ = 0x16,
    QuitQ = 0x17,
    FlushQ = 0x18,
    AppendQ = 0x19,
    PrependQ = 0x1a,
    Touch = 0x1c,
    GetAndTouch = 0x1d,
    GetAndTouchQ = 0x1e,
    SaslListMechs = 0x20,
    SaslAuth = 0x21,
    SaslStep = 0x22,
    GetAndTouchK = 0x23,
    GetAndTouchKQ = 0x24,
#pragma warning restore CS1591
}
