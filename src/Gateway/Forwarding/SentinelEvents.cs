using System.Net;
using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Forwarding;

/// <summary>A second connection to a Sentinel, on which it says at once that it has switched to another
/// primary.</summary>
/// <param name="loop">Whose thread does everything.</param>
/// <param name="address">The Sentinel.</param>
/// <param name="login">Its login, if it wants one.</param>
/// <param name="name">The primary's name.</param>
/// <param name="switched">Called when it has.</param>
internal sealed class SentinelEvents(
    EventLoop loop, EndPoint address, (string User, string Password)? login, string name, Action switched)
    : RespPeer(loop, address, login)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name + " ");

    /// <inheritdoc/>
    protected override int Interval => 1000;

    /// <inheritdoc/>
    protected override byte[] Question { get; } = Request("PING");

    /// <inheritdoc/>
    protected override void OnOpen() => Send(Request("SUBSCRIBE", "+switch-master"));

    // message, channel, "NAME OLD-IP OLD-PORT NEW-IP NEW-PORT".
    /// <inheritdoc/>
    protected override void OnReply(RespReplyReader reply)
    {
        if (reply.Count == 3 && reply.Read() && reply.Text.SequenceEqual("message"u8) && reply.Read() && reply.Read()
            && reply.Text.StartsWith(_name))
        {
            switched();
        }
    }

    /// <inheritdoc/>
    protected override void OnDown(string reason)
    {
    }
}
