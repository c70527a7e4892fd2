using System.Text;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.UnitTests.Protocols.Rdb;

/// <summary>Values as bytes, and what is read of them as text.</summary>
internal static class Payloads
{
    /// <summary>Reads a value that comes in pieces: "name=value@score!expiry" for each entry, or what is
    /// wrong.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bytes">The value.</param>
    /// <param name="lengths">How many bytes are at hand after each arrival.</param>
    /// <param name="isValkey">It is of Valkey 9.</param>
    public static string Read(RdbType type, byte[] bytes, IEnumerable<int> lengths, bool isValkey = false)
    {
        var visitor = new Collector();
        using var reader = new RdbValueReader(1 << 20);
        reader.Begin(type, isValkey);
        int at = 0;
        foreach (int length in lengths)
        {
            RdbStatus status;
            while ((status = reader.Read(bytes.AsSpan(at, length - at), visitor, out int consumed)) == RdbStatus.More)
            {
                at += consumed;
                Assert.True(at <= length, "more was consumed than there is");
            }

            if (status == RdbStatus.Damaged)
            {
                return $"{visitor} damaged: {reader.Error}".Trim();
            }

            if (status == RdbStatus.Done)
            {
                return visitor.ToString();
            }

            Assert.Equal(RdbStatus.NeedMoreData, status);
            Assert.True(reader.NeedBytes > length - at, "what is needed is there");
        }

        return $"{visitor} incomplete".Trim();
    }

    /// <summary>The whole at once.</summary>
    public static string Read(RdbType type, byte[] bytes, bool isValkey = false) =>
        Read(type, bytes, [bytes.Length], isValkey);

    /// <summary>Takes entries as text.</summary>
    private sealed class Collector : IRdbVisitor
    {
        private readonly StringBuilder _text = new();

        public bool Visit(in RdbElement element)
        {
            _text.Append(_text.Length > 0 ? " " : "").Append(Encoding.Latin1.GetString(element.Name));
            if (!element.Value.IsEmpty)
            {
                _text.Append('=').Append(Encoding.Latin1.GetString(element.Value));
            }

            if (element.Score != 0)
            {
                _text.Append('@').Append(System.Globalization.CultureInfo.InvariantCulture, $"{element.Score:R}");
            }

            if (element.ExpiresAt != 0)
            {
                _text.Append('!').Append(element.ExpiresAt);
            }

            return true;
        }

        public override string ToString() => _text.ToString();
    }
}
