using System.Text;
using SessionGateway.Scripting;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// Scripts that EVAL or SCRIPT LOAD brought, by SHA1, for the whole process: as in Redis, EVALSHA knows no others.
/// What is kept counts in the memory limit and is bounded: then the scripts that came first go, those that EVAL
/// brought before those that were loaded.
/// </summary>
internal sealed class ScriptCache
{
    /// <summary>Length of a SHA1 in hexadecimal.</summary>
    public const int Sha1Chars = 40;

    /// <summary>Longest text: the longest of the known libraries' has 20 KB.</summary>
    public const int MaxTextBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], LoadedScript> _scripts = new(BytesComparer.Instance);

    // EVAL sends the text, again and again: it is compared, and not hashed by SHA1 each time.
    private readonly Dictionary<byte[], LoadedScript> _byText = new(BytesComparer.Instance);
    private readonly Queue<LoadedScript> _evaluated = [];
    private readonly Queue<LoadedScript> _loaded = [];

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

    /// <summary>What they are counted with in the memory limit.</summary>
    public long Bytes { get; private set; }

    /// <summary>The script of a text, which is not kept; null when it is too long.</summary>
    public LoadedScript? Make(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxTextBytes)
        {
            return null;
        }

        lock (_lock)
        {
            if (_byText.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out LoadedScript? script))
            {
                return script;
            }
        }

        Span<byte> name = stackalloc byte[Sha1.Bytes];
        Sha1.Of(text, name);
        return new LoadedScript(Convert.ToHexStringLower(name), text.ToArray(), ScriptCatalog.Find(text));
    }

    /// <summary>Keeps a script.</summary>
    /// <param name="script">What <see cref="Make"/> gave.</param>
    /// <param name="services">Its limits, and where it is counted.</param>
    /// <param name="isLoaded">SCRIPT LOAD brought it.</param>
    public void Keep(LoadedScript script, CommandServices services, bool isLoaded)
    {
        lock (_lock)
        {
            if (!_scripts.TryAdd(Encoding.ASCII.GetBytes(script.Sha1), script))
            {
                return;
            }

            _byText[script.Text] = script;
            (isLoaded ? _loaded : _evaluated).Enqueue(script);
            ItemStore store = services.Store;
            Account(store, script.Bytes);
            CommandLimits limits = services.Limits;
            while ((_scripts.Count > limits.CachedScripts || Bytes > limits.CachedScriptBytes)
                && (_evaluated.TryDequeue(out LoadedScript? oldest) || _loaded.TryDequeue(out oldest)))
            {
                _scripts.Remove(Encoding.ASCII.GetBytes(oldest.Sha1));
                _byText.Remove(oldest.Text);
                Account(store, -oldest.Bytes);
            }
        }
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
    public void Clear(ItemStore store)
    {
        lock (_lock)
        {
            _scripts.Clear();
            _byText.Clear();
            _evaluated.Clear();
            _loaded.Clear();
            Account(store, -Bytes);
        }
    }

    private void Account(ItemStore store, long growth)
    {
        Bytes += growth;
        store.CountBuffers(growth);
    }
}
