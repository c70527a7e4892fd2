using System.Text;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>memcached binary.</summary>
internal sealed class BinaryDialect : Dialect
{
    public const byte GetOpcode = 0x00;
    public const byte SetOpcode = 0x01;
    public const byte DeleteOpcode = 0x04;

    private const int CasAt = 16;
    private const int FlagsBytes = 4;

    public override string Name => "binary";

    public override byte[] Stored => Header(0x81, SetOpcode, 0, 0, 0, 0);

    public override byte[] Refused => [.. Header(0x81, SetOpcode, 0, 0, 0x82, 13), .. "Out of memory"u8];

    public override byte[] Missing => [.. Header(0x81, GetOpcode, 0, 0, 1, 9), .. "Not found"u8];

    public override byte[] Deleted => Header(0x81, DeleteOpcode, 0, 0, 0, 0);

    public override byte[] SetTail => [];

    /// <summary>A header: magic, opcode, key length, extras length, status or vbucket, body length.</summary>
    public static byte[] Header(byte magic, byte opcode, int keyBytes, int extrasBytes, int status, long bodyBytes)
    {
        var header = new BinaryHeader
        {
            Magic = magic,
            Opcode = (BinaryOpcode)opcode,
            KeyLength = (ushort)keyBytes,
            ExtrasLength = (byte)extrasBytes,
            Status = (ushort)status,
            BodyLength = (uint)bodyBytes,
        };
        byte[] bytes = new byte[BinaryHeader.Bytes];
        header.Write(bytes);
        return bytes;
    }

    public override int Port(RunningGateway gateway) => gateway.RespPort;

    public override byte[] SetHead(string key, int valueBytes) =>
        [.. Header(0x80, SetOpcode, key.Length, 8, 0, 8L + key.Length + valueBytes), .. new byte[8],
            .. Encoding.Latin1.GetBytes(key)];

    public override byte[] Get(string key) =>
        Requests.Binary(BinaryOpcode.Get, 0, key);

    public override byte[] Found(string key, ReadOnlySpan<byte> value) =>
        [.. Header(0x81, GetOpcode, 0, FlagsBytes, 0, FlagsBytes + value.Length), .. new byte[FlagsBytes], .. value];

    public override byte[] Delete(string key) =>
        Requests.Binary(BinaryOpcode.Delete, 0, key);

    // The cas unique of the item.
    protected override void Mask(Span<byte> answer) => answer[CasAt..BinaryHeader.Bytes].Clear();
}
