using System.Runtime.InteropServices;

namespace SessionGateway.CompatTests.Harness;

/// <summary>The few system calls .NET has no face for.</summary>
internal static class Posix
{
    public const int SigTerm = 15;

    public const int SigCont = 18;

    public const int SigStop = 19;

    public static void Kill(int pid, int signal) => _ = NativeKill(pid, signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int NativeKill(int pid, int signal);
}
