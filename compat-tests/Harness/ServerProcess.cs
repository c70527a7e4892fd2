using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SessionGateway.CompatTests.Harness;

/// <summary>
/// A child process that serves until it is stopped. Its output is captured; it is only ever stopped by its own pid:
/// SIGTERM, a wait, then SIGKILL.
/// </summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan DefaultStartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DisposeWait = TimeSpan.FromSeconds(3);

    private static readonly Lock LiveGate = new();
    private static readonly HashSet<ServerProcess> Live = [];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _commandLine;
    private bool _disposed;

    // A test host that ends early must not leave servers behind.
    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    private ServerProcess(ProcessStartInfo info)
    {
        _commandLine = $"{info.FileName} {string.Join(' ', info.ArgumentList)}";
        _process = new Process { StartInfo = info };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Everything the process has printed so far, stdout and stderr mixed line by line.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>True once the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code, or null while the process runs. 128 + n after signal n.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts a process and waits until <paramref name="ready"/> says yes.</summary>
    /// <param name="file">Program to run, looked up in PATH when it has no slash.</param>
    /// <param name="args">Arguments, passed without a shell.</param>
    /// <param name="ready">Polled every few milliseconds; null means ready at once.</param>
    /// <param name="env">Environment variables to add or replace.</param>
    /// <param name="workingDirectory">Directory to run in.</param>
    /// <param name="timeout">Limit for becoming ready, 60 s by default.</param>
    /// <exception cref="InvalidOperationException">Program missing, ended early, or not ready in time.</exception>
    public static ServerProcess Start(string file, IEnumerable<string> args, Func<bool>? ready = null,
        IReadOnlyDictionary<string, string>? env = null, string? workingDirectory = null, TimeSpan? timeout = null)
    {
        var server = new ServerProcess(Tool.StartInfo(file, args, env, workingDirectory));
        server.Launch();
        try
        {
            server.WaitUntil(ready ?? (() => true), timeout ?? DefaultStartTimeout);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, then waits for the end.</summary>
    /// <param name="wait">Longest wait.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">Still running after <paramref name="wait"/>.</exception>
    public int Terminate(TimeSpan wait)
    {
        if (!_process.HasExited)
            Posix.Kill(_process.Id, Posix.SigTerm);
        if (!_process.WaitForExit(wait))
            throw new TimeoutException($"still running {wait.TotalSeconds:0.#} s after SIGTERM: {Describe()}");
        _process.WaitForExit(); // drains the captured output
        return _process.ExitCode;
    }

    /// <summary>Stops it as a debugger does (SIGSTOP), and waits until it stands.</summary>
    public void Freeze()
    {
        Posix.Kill(Id, Posix.SigStop);

        // proc(5): the state follows the name in brackets.
        Wait.Until(
            () => File.ReadAllText($"/proc/{Id}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] == 'T',
            () => "the process stands");
    }

    /// <summary>Has it go on (SIGCONT).</summary>
    public void GoOn() => Posix.Kill(Id, Posix.SigCont);

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>False when it still runs after <paramref name="wait"/>.</returns>
    public bool WaitForExit(TimeSpan wait)
    {
        if (!_process.WaitForExit(wait))
            return false;
        _process.WaitForExit();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        lock (LiveGate)
            Live.Remove(this);
        if (!_process.HasExited)
        {
            Posix.Kill(_process.Id, Posix.SigTerm);
            if (!_process.WaitForExit(DisposeWait))
                Kill();
        }
        _process.Dispose();
    }

    private static void KillAll()
    {
        lock (LiveGate)
        {
            foreach (ServerProcess server in Live)
            {
                if (!server._process.HasExited)
                    server._process.Kill();
            }
        }
    }

    private void Launch()
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"cannot start '{_commandLine}' (is it installed?): {error.Message}");
        }
        lock (LiveGate)
            Live.Add(this);
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void WaitUntil(Func<bool> ready, TimeSpan timeout)
    {
        var watch = Stopwatch.StartNew();
        while (!ready())
        {
            if (_process.HasExited)
            {
                _process.WaitForExit();
                throw new InvalidOperationException($"ended with exit code {_process.ExitCode}: {Describe()}");
            }
            if (watch.Elapsed > timeout)
                throw new InvalidOperationException($"not ready after {timeout.TotalSeconds:0.#} s: {Describe()}");
            Thread.Sleep(5);
        }
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }

    private string Describe() => $"{_commandLine}\n{Output}";
}
