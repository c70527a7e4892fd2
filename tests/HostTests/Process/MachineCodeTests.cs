using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HostTests.Process;

// What a start costs depends on the machine: bench/Load, "promises".
public sealed class MachineCodeTests
{
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
}
