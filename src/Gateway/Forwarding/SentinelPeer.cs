using System.Globalization;
using System.Net;
using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Forwarding;

/// <summary>A Sentinel, asked once a second for the primary's address and how new its knowledge is.</summary>
/// <param name="loop">Whose thread does everything.</param>
/// <param name="address">The Sentinel.</param>
/// <param name="login">Its login, if it wants one.</param>
/// <param name="name">The primary's name.</param>
/// <param name="hear">Hears what it says.</param>
internal sealed class SentinelPeer(
    EventLoop loop, EndPoint address, (string User, string Password)? login, string name, Action<SentinelPeer> hear)
    : RespPeer(loop, address, login)
{
    private bool _isSecond;
    private EndPoint? _told;

    /// <summary>The primary's address, as it said last; null when it does not know, or does not answer.</summary>
    public EndPoint? Primary { get; private set; }

    /// <summary>The number of the configuration that it told; the highest is the newest.</summary>
    public long Epoch { get; private set; }

    /// <summary>Why it says nothing; empty when it does.</summary>
    public string Problem { get; private set; } = "has not answered yet";

    /// <inheritdoc/>
    protected override int Interval => 1000;

    /// <inheritdoc/>
    protected override byte[] Question { get; } =
        [.. Request("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name), .. Request("SENTINEL", "MASTER", name)];

    /// <inheritdoc/>
    protected override void OnOpen() => _isSecond = false;

    /// <inheritdoc/>
    protected override void OnReply(RespReplyReader reply)
    {
        if (!_isSecond)
        {
            _told = ReadAddress(reply);
            _isSecond = true;
            return;
        }

        _isSecond = false;
        Problem = reply.IsError ? Encoding.UTF8.GetString(reply.Text) : "";
        Primary = reply.IsError ? null : _told;
        Epoch = reply.IsError ? 0 : ReadEpoch(reply);
        hear(this);
    }

    /// <inheritdoc/>
    protected override void OnDown(string reason)
    {
        Primary = null;
        Problem = reason;
        hear(this);
    }

    // Two bulk strings, or null.
    private static EndPoint? ReadAddress(RespReplyReader reply)
    {
        if (reply.Count != 2 || !reply.Read())
        {
            return null;
        }

        string host = Encoding.UTF8.GetString(reply.Text);
        return reply.Read()
            && int.TryParse(reply.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= ushort.MaxValue && host.Length is > 0 and <= 255
            ? new ServerAddress(host, port).EndPoint : null;
    }

    // Names and values in turn, as an array or a map.
    private static long ReadEpoch(RespReplyReader reply)
    {
        while (reply.Read())
        {
            bool isIt = reply.Text.SequenceEqual("config-epoch"u8);
            if (reply.Read() && isIt
                && long.TryParse(reply.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
            {
                return epoch;
            }
        }

        return 0;
    }
}
