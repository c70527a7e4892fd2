using System.Security.Cryptography;
using SessionGateway.Durability.Sealing;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Persistence;

/// <summary>The keys of the log: from a file, which is read again for every segment, or from the environment. What they
/// are is never told to anybody, only their ids.</summary>
internal sealed class KeySource
{
    // What others may do with the file: who reads it reads the log, who writes it chooses the key. A group may read:
    // that of a service whose files root makes (PostgreSQL's rule for its private key, where ssh refuses groups, too).
    private const UnixFileMode Refused =
        UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // Of so many keys nobody has a use for more: each segment names its own.
    private const int MostKeys = 64;

    private readonly string _file;
    private readonly PersistenceLog? _log;

    private KeySource(string file, LogKeys keys, PersistenceLog? log)
    {
        _file = file;
        _log = log;
        Keys = keys;
    }

    /// <summary>The keys, as they were read last.</summary>
    public LogKeys Keys { get; private set; }

    /// <summary>Reads them.</summary>
    /// <param name="file">The file; empty: none.</param>
    /// <param name="environment">The value of the variable; null: none.</param>
    /// <param name="log">Hears of a file that cannot be read later.</param>
    /// <exception cref="StartupException">They cannot be used.</exception>
    public static KeySource Open(string file, string? environment, PersistenceLog? log)
    {
        if (file.Length == 0)
        {
            return new KeySource(
                "", string.IsNullOrWhiteSpace(environment) ? LogKeys.None : Parse(environment.Split(','),
                    EnvironmentSource.DataKey), log);
        }

        return string.IsNullOrWhiteSpace(environment)
            ? new KeySource(file, Read(file), log)
            : throw new StartupException($"--data-key-file and {EnvironmentSource.DataKey} are both given");
    }

    /// <summary>The key for a segment that begins. When the file cannot be used any more, the key before
    /// stays.</summary>
    public LogKey? Next()
    {
        if (_file.Length > 0)
        {
            try
            {
                Keys = Read(_file);
            }
            catch (StartupException e)
            {
                _log?.KeyFileUnusable(e.Message, Keys.Current!.Id);
            }
        }

        return Keys.Current;
    }

    private static LogKeys Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Refused) is not 0)
            {
                throw new StartupException(
                    $"--data-key-file {file} is open to others than its owner: chmod 600 {file}");
            }

            using var reader = new StreamReader(stream);
            return Parse(reader.ReadToEnd().Split('\n'), $"--data-key-file {file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"--data-key-file {file} cannot be read: {e.Message}");
        }
    }

    // A line that is no key is named by its number only: it may be a key with a slip.
    private static LogKeys Parse(string[] lines, string where)
    {
        OpenSsl.Require(where);
        var keys = new List<LogKey>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            byte[] bytes = Decode(line) is { Length: LogKey.Bytes } key
                ? key : throw new StartupException($"{where}: key {i + 1} is not 32 bytes in hexadecimal or base64");
            keys.Add(new LogKey(bytes));
            CryptographicOperations.ZeroMemory(bytes);
        }

        return keys.Count is > 0 and <= MostKeys
            ? new LogKeys(keys) : throw new StartupException($"{where} has {keys.Count} keys; 1 to {MostKeys}");
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return text.Length == 2 * LogKey.Bytes ? Convert.FromHexString(text) : Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
