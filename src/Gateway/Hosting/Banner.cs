using System.Text;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Hosting;

/// <summary>What the gateway says on stdout: what listens where, and with which means, as soon as clients are answered,
/// and when it is ready.</summary>
internal static class Banner
{
    /// <summary>Said when the items are there.</summary>
    public const string Ready = "ready\n";

    /// <summary>The text, one line per fact.</summary>
    public static string Text(GatewayOptions options, IReadOnlyList<BoundListener> listeners)
    {
        var text = new StringBuilder();
        text.Append("gateway ").Append(VersionText.Value).Append(", pid ").Append(Environment.ProcessId).Append('\n');
        foreach (BoundListener listener in listeners)
        {
            string protocol = ListenAddress.ProtocolName(listener.Protocol);
            text.Append("listening on ").Append(listener.Address).Append('/').Append(protocol).Append('\n');
        }

        text.Append("threads ").Append(options.EffectiveThreads);
        text.Append(", memory ").Append(ByteSize.Format(options.MemoryBytes));
        text.Append(", transport ").Append(options.Transport == TransportKind.Epoll ? "epoll" : "socket");
        text.Append(", login ").Append(options.Auth.Count > 0 ? "needed" : "not needed").Append('\n');
        if (options.Persist == PersistKind.Log)
        {
            text.Append("append log in ").Append(options.DataDir);
            text.Append(", fsync ").Append(options.Fsync switch
            {
                FsyncKind.EverySecond => "everysec",
                FsyncKind.Batch => "batch",
                _ => "no",
            }).Append('\n');
        }

        return text.ToString();
    }
}
