using System.Globalization;
using SessionGateway.CompatTests.Harness;
using SessionGateway.HostTests.Process;

namespace SessionGateway.HostTests.Persistence;

/// <summary>
/// A gateway on a file system of a few megabytes, mounted in a mount namespace of its own: nobody else sees it, and it
/// ends with its process. Where that is not allowed (a container without CAP_SYS_ADMIN) a limit of file lengths takes
/// the place of a full disk, and a directory that is not there that of a read-only one.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    // The runtime's files are elsewhere: only the log is here.
    private const string Size = "8m";

    private static readonly Lazy<bool> CanMount =
        new(() => Try("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]));

    private readonly TempDirectory _directory = new();
    private readonly ServerProcess _server;

    public SmallDisk(Func<string, string[]> args)
    {
        Directory.CreateDirectory(_directory.File("disk"));
        string command = IsMounted
            ? $"mount -t tmpfs -o size={Size},mode=700 none '{Place}' && exec \"$@\"" : "exec \"$@\"";
        string[] line = ["bash", "-c", command, "bash", GatewayProgram.Dotnet, Repository.GatewayDll, .. args(Data)];
        line = IsMounted ? ["unshare", "-m", "--propagation", "private", .. line] : line;
        // The runtime maps its code twice through a long file, which a limit would refuse.
        _server = ServerProcess.Start(
            line[0], line[1..], env: new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        Wait.Until(() => _server.Output.Contains("\nready\n") || _server.HasExited, () => _server.Output);
    }

    /// <summary>It is a real one.</summary>
    public static bool IsMounted => CanMount.Value;

    /// <summary>What the gateway said.</summary>
    public string Output => _server.Output;

    private string Place => _directory.File("disk");

    private string Data => Path.Combine(Place, "data");

    // The gateway's view of its files.
    private string SeenPlace => IsMounted ? $"/proc/{_server.Id}/root{Place}" : Place;

    /// <summary>Not a byte more.</summary>
    public void Fill()
    {
        if (!IsMounted)
        {
            Limit("0");
            return;
        }

        using FileStream filler = File.Create(Path.Combine(SeenPlace, "filler"));
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>There is room again.</summary>
    public void Free()
    {
        if (IsMounted)
        {
            File.Delete(Path.Combine(SeenPlace, "filler"));
        }
        else
        {
            Limit("unlimited");
        }
    }

    /// <summary>Nothing can be made there any more.</summary>
    public void MakeReadOnly()
    {
        if (IsMounted)
        {
            InNamespace("mount", "-t", "tmpfs", "-o", "ro", "none", Place);
        }
        else
        {
            Directory.Move(Place, _directory.File("away"));
        }
    }

    /// <summary>It can be again.</summary>
    public void MakeWritable()
    {
        if (IsMounted)
        {
            InNamespace("umount", Place);
        }
        else
        {
            Directory.Move(_directory.File("away"), Place);
        }
    }

    /// <summary>Kills the gateway; what its disk held, in a directory.</summary>
    public string Kill()
    {
        string copy = _directory.File("copy");
        Directory.CreateDirectory(copy);
        Assert.True(Try("kill", ["-STOP", $"{_server.Id}"]));
        foreach (string file in Directory.GetFiles(Path.Combine(SeenPlace, "data"), "*.log"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        _server.Kill();
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        _directory.Dispose();
    }

    private static bool Try(string program, string[] args)
    {
        try
        {
            return Tool.Run(program, args).ExitCode == 0;
        }
        catch (InvalidOperationException)
        {
            // Not installed.
            return false;
        }
    }

    private void InNamespace(params string[] command) => Assert.Equal(0, Tool.Run("nsenter",
        ["-t", _server.Id.ToString(CultureInfo.InvariantCulture), "-m", .. command]).ExitCode);

    private void Limit(string bytes) =>
        Assert.Equal(0, Tool.Run("prlimit", ["--pid", $"{_server.Id}", $"--fsize={bytes}:"]).ExitCode);
}
