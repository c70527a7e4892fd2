using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.UnitTests.Protocols.Buffers;

/// <summary>Takes so many bytes and no more.</summary>
internal sealed class RoomyTaker(int room) : IOutputTaker
{
    private readonly StringBuilder _taken = new();

    public int Asked { get; private set; }

    public string Text => _taken.ToString();

    public int Take(ReadOnlySpan<byte> written, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end)
    {
        Asked++;
        byte[] all = [.. written, .. value, .. end];
        int count = Math.Min(room - _taken.Length, all.Length);
        _taken.Append(Encoding.ASCII.GetString(all, 0, count));
        return count;
    }
}
