using System.Text;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>A client that writes to a key of its own, and knows what it must be answered and when it may be.</summary>
internal sealed class HeldModel(TestClient client, Dictionary<string, List<long>> positions)
{
    private const string Stored = "STORED\r\n";

    private readonly StringBuilder _expected = new();
    private readonly string _key = $"key{client.Connection.Id}";
    private int _checked;
    private int _stored;

    /// <summary>Sends a write or a read; the server runs later.</summary>
    public void Ask(bool isWrite)
    {
        string value = $"{_expected.Length}";
        client.Post(Encoding.ASCII.GetBytes(
            isWrite ? $"set {_key} 0 0 {value.Length}\r\n{value}\r\n" : "get none\r\n"));
        _expected.Append(isWrite ? Stored : "END\r\n");
    }

    /// <summary>What has been sent is the start of what is expected, and no write was told before its
    /// position.</summary>
    public void Check(long reached)
    {
        List<byte> sent = client.Stream.Sent;
        Assert.True(sent.Count <= _expected.Length);
        for (; _checked < sent.Count; _checked++)
        {
            Assert.Equal((byte)_expected[_checked], sent[_checked]);
            _stored += sent[_checked] == (byte)'S' ? 1 : 0;
        }

        Assert.True(_stored == 0 || positions[_key][_stored - 1] <= reached);
    }

    /// <summary>Everything has been answered.</summary>
    public void CheckComplete()
    {
        Check(long.MaxValue);
        Assert.Equal(_expected.Length, client.Stream.Sent.Count);
    }

    /// <summary>The client is gone.</summary>
    public void Leave()
    {
        client.Stream.IsReset = true;
        client.Stream.Notify();
    }
}
