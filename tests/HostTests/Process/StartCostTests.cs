using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

public sealed class StartCostTests
{
    private const int Starts = 5;

    // CPU time: on a machine busy with other tests a start takes longer on the clock. On an idle one the start needs less
    // time than CPU, because the runtime compiles and loads on several threads.
    [Fact]
    public void A_start_to_the_first_answer_costs_at_most_250_ms_of_CPU()
    {
        var cpu = new List<double>();
        for (int i = 0; i < Starts; i++)
        {
            int port = Ports.Next();
            using ServerProcess gateway = GatewayProgram.Start(["--listen", $"127.0.0.1:{port}"]);
            using RawConnection client = RawConnection.Connect(port);
            client.Send("version\r\n");
            client.ReadThrough("\r\n");
            cpu.Add(Of(gateway).TotalProcessorTime.TotalMilliseconds);
        }

        Assert.True(cpu.Min() <= 250, $"CPU milliseconds of {Starts} starts: {string.Join(", ", cpu)}");
    }

    [Fact]
    public void An_idle_gateway_occupies_at_most_50_MB()
    {
        using ServerProcess gateway = GatewayProgram.Start(["--listen", "127.0.0.1:0", "--listen", "127.0.0.1:0/resp"]);
        long bytes = Of(gateway).WorkingSet64;
        Assert.True(bytes <= 50_000_000, $"{bytes} bytes resident");
    }

    [Fact]
    public void Release_builds_hold_machine_code()
    {
        bool isPromised = OperatingSystem.IsLinux()
            && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;
        Assert.True(isPromised, "built on a system that ReadyToRun.targets does not list");
        string folder = Path.GetDirectoryName(Repository.GatewayDll)!;
        foreach (string file in Directory.EnumerateFiles(folder, "SessionGateway.*.dll").Append(Repository.GatewayDll))
        {
            using var reader = new PEReader(File.OpenRead(file));
            Assert.True(reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{file} is plain IL");
            Assert.True(reader.HasMetadata && reader.GetMetadataReader().IsAssembly);
        }
    }

    private static System.Diagnostics.Process Of(ServerProcess server) =>
        System.Diagnostics.Process.GetProcessById(server.Id);
}
