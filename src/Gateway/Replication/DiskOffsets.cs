using System.Globalization;
using System.Text;
using SessionGateway.Commands;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Up to which offset of the primary's history this replica's log is on its disk. On the link's loop, except where
/// noted.
/// </summary>
/// <param name="services">Has the log, if there is one.</param>
/// <param name="syncsAtOnce">What the primary asks for is brought to the disk at once, whatever the policy.</param>
/// <param name="cameFurther">Called when there is more to tell than was told; from any thread.</param>
internal sealed class DiskOffsets(CommandServices services, bool syncsAtOnce, Action cameFurther) : IDisposable
{
    private readonly PositionMap _offsets = new();
    private IPersistence? _log;
    private long _owed = long.MaxValue;

    /// <summary>The primary asks.</summary>
    public void OnAsked()
    {
        if (syncsAtOnce && services.Persistence is { } log && log.SyncedPosition < services.Store.Mutations.Position)
        {
            log.WantSync();
        }
    }

    /// <summary>The request that tells the primary how far this replica is.</summary>
    /// <param name="offset">Of what is done.</param>
    public byte[] Acknowledge(long offset) => TryTake(offset, out long synced)
        ? RespRequestWriter.Encode(
            "REPLCONF"u8.ToArray(), "ACK"u8.ToArray(), Text(offset), "FACK"u8.ToArray(), Text(synced))
        : RespRequestWriter.Encode("REPLCONF"u8.ToArray(), "ACK"u8.ToArray(), Text(offset));

    private static byte[] Text(long number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private bool TryTake(long offset, out long synced)
    {
        synced = -1;
        if (services.Persistence is not { } log)
        {
            return false;
        }

        if (_log is null)
        {
            _log = log;
            log.Waiters.Add(OnSynced);
        }

        long position = services.Store.Mutations.Position;
        _offsets.Add(position, offset);

        // In this order: whatever is synced after this look is told of by OnSynced.
        Interlocked.Exchange(ref _owed, position);
        long reached = log.SyncedPosition;
        if (reached >= position)
        {
            Volatile.Write(ref _owed, long.MaxValue);
        }

        synced = _offsets.At(reached);
        return synced >= 0;
    }

    /// <summary>Another history begins.</summary>
    public void Clear() => _offsets.Clear();

    /// <inheritdoc/>
    public void Dispose() => _log?.Waiters.Remove(OnSynced);

    // On the log's thread.
    private void OnSynced()
    {
        if (_log is { } log && Volatile.Read(ref _owed) <= log.SyncedPosition
            && Interlocked.Exchange(ref _owed, long.MaxValue) != long.MaxValue)
        {
            cameFurther();
        }
    }
}
