using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Writes a file: head, keys with their values, end. Bytes gather in <see cref="Output"/> until the owner takes them by
/// <see cref="Take"/>, which also counts them in the checksum.
/// </summary>
public sealed class RdbFileWriter : IDisposable
{
    private const int FirstBytes = 64 << 10;

    private readonly OutputBuffer _output;
    private ulong _crc;
    private int _database = -1;

    /// <summary>Begins a file.</summary>
    /// <param name="version">Version 9 to 12.</param>
    /// <param name="auxiliary">Texts about the file.</param>
    public RdbFileWriter(int version, params ReadOnlySpan<(string Name, string Text)> auxiliary)
    {
        _output = new OutputBuffer(FirstBytes, int.MaxValue);
        Output.WriteText("REDIS" + version.ToString("0000", CultureInfo.InvariantCulture));
        foreach ((string name, string text) in auxiliary)
        {
            Output.WriteByte(RdbOpcode.Auxiliary);
            Output.WriteRdbString(Encoding.UTF8.GetBytes(name));
            Output.WriteRdbString(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>What was written and not taken.</summary>
    public OutputBuffer Output => _output;

    /// <summary>Writes a key with its value.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="key">The key.</param>
    /// <param name="expiresAt">Unix milliseconds, 0 = never.</param>
    /// <param name="type">How the value is encoded.</param>
    /// <param name="value">The value in its encoding.</param>
    public void Write(int database, ReadOnlySpan<byte> key, long expiresAt, RdbType type, ReadOnlySpan<byte> value)
    {
        if (database != _database)
        {
            _database = database;
            Output.WriteByte(RdbOpcode.Database);
            Output.WriteRdbLength((ulong)database);
        }

        if (expiresAt != 0)
        {
            Output.WriteByte(RdbOpcode.ExpiresMilliseconds);
            Output.WriteRdbInt64(expiresAt);
        }

        Output.WriteByte((byte)type);
        Output.WriteRdbString(key);
        Output.Write(value);
    }

    /// <summary>Ends the file: what is taken now is its last part.</summary>
    public void End()
    {
        Output.WriteByte(RdbOpcode.End);
        Span<byte> checksum = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(checksum, Crc64.Append(_crc, Output.Written));
        Output.Write(checksum);
    }

    /// <summary>Gives the bytes away, and forgets them.</summary>
    public void Take(Stream destination)
    {
        _crc = Crc64.Append(_crc, Output.Written);
        destination.Write(Output.Written);
        Output.Clear(FirstBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();
}
