namespace SessionGateway.Protocols.Memcached.Binary;

/// <summary>Response status codes of the binary protocol (protocol_binary.h).</summary>
public enum BinaryStatus : ushort
{
#pragma warning disable CS1591 // the names of protocol_binary.h
    Success = 0x00,
    KeyNotFound = 0x01,
    KeyExists = 0x02,
    TooLarge = 0x03,
    InvalidArguments = 0x04,
    NotStored = 0x05,
    NonNumeric = 0x06,
    AuthError = 0x20,
    UnknownCommand = 0x81,
    OutOfMemory = 0x82,
    TemporaryFailure = 0x86,
#pragma warning restore CS1591
}
