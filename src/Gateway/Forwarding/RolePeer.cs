using System.Net;
using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Forwarding;

/// <summary>A server that may be the primary, asked for its ROLE.</summary>
/// <param name="loop">Whose thread does everything.</param>
/// <param name="address">The server.</param>
/// <param name="login">Its login, if it wants one.</param>
/// <param name="hear">Hears what it says.</param>
internal sealed class RolePeer(
    EventLoop loop, EndPoint address, (string User, string Password)? login, Action<RolePeer> hear)
    : RespPeer(loop, address, login)
{
    /// <summary>True while it says that it is the primary.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>True when it said that it is none.</summary>
    public bool IsOther { get; private set; }

    /// <summary>Why it is not the primary; empty when it is.</summary>
    public string Problem { get; private set; } = "has not answered yet";

    // A server that is being promoted says so within the time of some requests.
    /// <inheritdoc/>
    protected override int Interval => IsPrimary ? 1000 : 100;

    /// <inheritdoc/>
    protected override byte[] Question { get; } = Request("ROLE");

    /// <inheritdoc/>
    protected override void OnReply(RespReplyReader reply)
    {
        string role = reply.IsError || !reply.Read() ? "" : Encoding.UTF8.GetString(reply.Text);
        Problem = reply.IsError ? Encoding.UTF8.GetString(reply.Text)
            : role == "master" ? "" : $"its ROLE is {(role.Length == 0 ? "not told" : role)}";
        IsPrimary = role == "master";
        IsOther = role.Length > 0 && !IsPrimary;
        hear(this);
    }

    /// <inheritdoc/>
    protected override void OnDown(string reason)
    {
        IsPrimary = IsOther = false;
        Problem = reason;
        hear(this);
    }
}
