using System.Globalization;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>How many files processes may open.</summary>
internal static class Descriptors
{
    /// <summary>Fails with what to do when this process or the other may open fewer files than a test needs.</summary>
    public static void AssertAtLeast(int pid, int needed)
    {
        foreach (int process in (int[])[Environment.ProcessId, pid])
        {
            // Max open files            1048576              1048576              files
            string line = File.ReadLines($"/proc/{process}/limits").First(
                l => l.StartsWith("Max open files", StringComparison.Ordinal));
            string soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            Assert.True(soft == "unlimited" || int.Parse(soft, CultureInfo.InvariantCulture) >= needed,
                $"this test needs {needed} open files per process, the limit is {soft}: raise it (ulimit -Hn)");
        }
    }
}
