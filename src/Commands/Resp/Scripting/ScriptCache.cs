using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// Scripts that EVAL or SCRIPT LOAD brought, by SHA1, for the whole process: as in Redis, EVALSHA knows no others.
/// </summary>
internal sealed class ScriptCache
{
    /// <summary>Length of a SHA1 in hexadecimal.</summary>
    public const int Sha1Chars = 40;

    // The longest known script has 400 bytes; comments and layout may come on top.
    private const int MaxTextBytes = 64 * 1024;

    // Texts of one meaning differ in layout without end; a library sends a handful.
    private const int MaxScripts = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], LoadedScript> _scripts = new(BytesComparer.Instance);

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _scripts.Count;
            }
        }
    }

    /// <summary>Finds the script of a text and keeps it; false when its meaning is not known.</summary>
    public bool TryLoad(ReadOnlySpan<byte> text, [NotNullWhen(true)] out LoadedScript? script)
    {
        script = null;
        if (text.Length > MaxTextBytes)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(text, hash);
        string sha1 = Convert.ToHexStringLower(hash);
        byte[] key = Encoding.ASCII.GetBytes(sha1);
        lock (_lock)
        {
            if (_scripts.TryGetValue(key, out script))
            {
                return true;
            }
        }

        if (ScriptCatalog.Find(text) is not { } meaning)
        {
            return false;
        }

        script = new LoadedScript(sha1, meaning, LoadedScript.LinesOfCalls(text));
        lock (_lock)
        {
            if (_scripts.Count < MaxScripts)
            {
                _scripts[key] = script;
            }
        }

        return true;
    }

    /// <summary>The script of a SHA1 in hexadecimal of any case, or null.</summary>
    public LoadedScript? Find(ReadOnlySpan<byte> sha1)
    {
        Span<byte> key = stackalloc byte[Sha1Chars];
        if (sha1.Length != Sha1Chars || Ascii.ToLower(sha1, key, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        lock (_lock)
        {
            return _scripts.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out LoadedScript? script)
                ? script
                : null;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _scripts.Clear();
        }
    }
}
