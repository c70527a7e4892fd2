using SessionGateway.Protocols.Buffers;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>Looks at each item of an <see cref="ItemWalk"/>.</summary>
internal abstract class ItemWalkVisitor : CountingVisitor
{
    /// <summary>Where the answer goes.</summary>
    public OutputBuffer Output { get; set; } = null!;

    /// <summary>All items have been seen, or enough of them.</summary>
    public virtual void End() => Output.Write("END\r\n"u8);
}
