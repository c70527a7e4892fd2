using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>
/// One workload on all servers. A round starts each of them afresh, prepares one after the other, and then goes round
/// in slices of a second: the speed of a virtual machine changes within seconds, and so it changes for all of them
/// alike.
/// </summary>
internal static class Rounds
{
    public static IReadOnlyList<Sample> Take(
        Workload workload, IReadOnlyList<ServerSpec> servers, LoadOptions options, int rounds)
    {
        Dataset[] data = [.. servers.Select(_ => new Dataset(workload.Keys, workload.ValueBytes))];
        List<Sample> samples = [];
        for (int round = 1; round <= rounds; round++)
        {
            var contestants = new Contestant?[servers.Count];
            try
            {
                for (int server = 0; server < servers.Count; server++)
                {
                    contestants[server] = new Contestant(servers[server], workload, options, round);
                    contestants[server]!.Prepare(data[server]);
                }

                // Another one begins each time, so that none always follows the same one.
                for (int slice = 0; slice < options.Seconds; slice++)
                    for (int turn = 0; turn < servers.Count; turn++)
                        contestants[(slice + turn) % servers.Count]!.RunSlice();

                samples.AddRange(contestants.Select(contestant => contestant!.ToSample(round)));
            }
            finally
            {
                foreach (Contestant? contestant in contestants)
                    contestant?.Dispose();
            }

            foreach (Sample sample in samples.TakeLast(servers.Count))
                options.Report.Progress($"{workload.Name} round {round}/{rounds} {sample.Server}: "
                    + $"{sample.OperationsPerSecond:F0} ops/s, {sample.CpuMicrosecondsPerOperation:F2} CPU µs/op");
        }

        return samples;
    }
}
