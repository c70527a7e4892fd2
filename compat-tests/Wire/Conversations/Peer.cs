using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>A server under comparison.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Connect">Opens a connection.</param>
internal sealed record Peer(string Name, Func<RawConnection> Connect)
{
    /// <summary>How its bytes are cut up.</summary>
    public Segmentation Segmentation { get; init; } = Segmentation.Whole;

    /// <summary>It takes the data block behind a storage line that it refuses for commands.</summary>
    public bool ExecutesRefusedData { get; init; }

    /// <summary>Changes received bytes; only the tests of the runner itself use it.</summary>
    public Func<byte[], byte[]> Tamper { get; init; } = bytes => bytes;
}
