using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Reporting;

namespace SessionGateway.Bench.Load.Machine;

/// <summary>
/// How fast the machine is right now, by work that never changes: 1 KB sent and received over loopback TCP, there and
/// back, by one thread on the server's core. Virtual machines are seldom equally fast twice; this tells by how much.
/// </summary>
internal static unsafe class Yardstick
{
    private const int Batches = 15;
    private const int TripsPerBatch = 2_000;
    private const int Bytes = 1024;

    /// <summary>Microseconds per round trip (two sends, two receives); the spread is over batches in 0.2 s.</summary>
    public static Spread Measure(IReadOnlyList<int> serverCores, IReadOnlyList<int> loadCores)
    {
        Affinity.PinThisThread(serverCores);
        (int left, int right) = SocketFactory.Pair();
        try
        {
            double[] batches = new double[Batches];
            Run(left, right);
            for (int batch = 0; batch < Batches; batch++)
            {
                long start = Clock.Now;
                Run(left, right);
                batches[batch] = (Clock.Now - start) / 1e3 / TripsPerBatch;
            }

            return Spread.Of(batches);
        }
        finally
        {
            _ = Libc.Close(left);
            _ = Libc.Close(right);
            Affinity.PinThisThread(loadCores);
        }
    }

    private static void Run(int left, int right)
    {
        byte* buffer = stackalloc byte[Bytes];
        new Span<byte>(buffer, Bytes).Fill((byte)'y');
        for (int trip = 0; trip < TripsPerBatch; trip++)
        {
            Pass(left, right, buffer);
            Pass(right, left, buffer);
        }
    }

    private static void Pass(int from, int to, byte* buffer)
    {
        if (Libc.Send(from, buffer, Bytes, Libc.NoSignal) != Bytes || Libc.Receive(to, buffer, Bytes, 0) != Bytes)
            throw Libc.Failure("yardstick");
    }
}
