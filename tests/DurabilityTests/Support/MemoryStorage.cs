using SessionGateway.Durability.Files;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>
/// A directory in memory that fails as disks do. Every call counts; the one that the test chose fails, once or from
/// then on, and an append may have done a part of its work. A crash loses what was not synced, sector by sector: each
/// one is there, is not, or is torn in its middle; a file may be as long as any of its appends left it. Names that the
/// directory was not synced for may be as before, from some change on. After a failed sync nothing that was unsynced is
/// ever brought to the disk by a later one.
/// </summary>
internal sealed class MemoryStorage : IStorage
{
    private const int SectorBytes = 512;

    private readonly List<Action<Dictionary<string, MemoryFile>>> _pendingNames = [];
    private readonly HashSet<string> _pendingRenames = [];
    private bool _hasPendingCreate;
    private Dictionary<string, MemoryFile> _names = [];
    private Dictionary<string, MemoryFile> _syncedNames = [];

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The call that fails; 0 = none.</summary>
    public int FailingCall { get; set; }

    /// <summary>All calls from it on fail until the test says otherwise.</summary>
    public bool FailsOn { get; set; }

    /// <summary>How many bytes of a failing append are written all the same, in a hundred.</summary>
    public int WrittenPercent { get; set; }

    /// <summary>How often which call failed.</summary>
    public Dictionary<string, int> FailedCalls { get; } = [];

    /// <summary>Called while a sync lasts, before it has done anything.</summary>
    public Action? Syncing { get; set; }

    /// <summary>What failed.</summary>
    public string? Failed { get; private set; }

    public IReadOnlyList<string> List()
    {
        Enter("list");
        return [.. _names.Keys];
    }

    public IStorageFile Create(string name)
    {
        Enter("create");
        if (_names.ContainsKey(name))
        {
            throw new IOException($"{name} exists");
        }

        if (_pendingRenames.Contains(name))
        {
            // On a disk that orders names otherwise the one would be gone, and the other not yet away.
            throw new InvalidOperationException($"{name} is made anew before its old bytes have their new name");
        }

        var file = new MemoryFile(this);
        _hasPendingCreate |= name.EndsWith(".log", StringComparison.Ordinal);
        Change(names => names[name] = file);
        return file;
    }

    public IStorageFile Open(string name)
    {
        Enter("open");
        return _names[name];
    }

    public void Cut(string name, long length)
    {
        Enter("cut");
        _names[name].Cut((int)length);
    }

    public void Rename(string name, string newName)
    {
        Enter("rename");
        _pendingRenames.Add(name);
        Change(names =>
        {
            if (names.Remove(name, out MemoryFile? file))
            {
                names[newName] = file;
            }
        });
    }

    public void Delete(string name)
    {
        Enter("delete");
        if (_hasPendingCreate && name.EndsWith(".log", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{name} is removed before what makes it needless has its name");
        }

        Change(names => names.Remove(name));
    }

    public void SyncDirectory()
    {
        Enter("sync directory");
        _pendingNames.Clear();
        _pendingRenames.Clear();
        _hasPendingCreate = false;
        _syncedNames = new(_names);
    }

    /// <summary>The machine loses its power.</summary>
    public void Crash(Random random)
    {
        var names = new Dictionary<string, MemoryFile>(_syncedNames);
        foreach (Action<Dictionary<string, MemoryFile>> change in _pendingNames.Take(
            random.Next(_pendingNames.Count + 1)))
        {
            change(names);
        }

        _names = names;
        _syncedNames = new(names);
        _pendingNames.Clear();
        _pendingRenames.Clear();
        _hasPendingCreate = false;
        foreach (MemoryFile file in _names.Values)
        {
            file.Crash(random);
        }
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] Bytes(string name) => _names[name].Bytes.ToArray();

    /// <summary>Names of the files.</summary>
    public string[] Names => [.. _names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Damages a byte, on the disk, too.</summary>
    public void Flip(string name, int at) => _names[name].Flip(at);

    /// <summary>A file with these bytes, on the disk.</summary>
    public void Put(string name, byte[] bytes)
    {
        var file = new MemoryFile(this);
        file.Set(bytes);
        _names[name] = file;
        _syncedNames[name] = file;
    }

    private bool Enter(string what, bool throws = true)
    {
        Calls++;
        if (FailingCall == 0 || Calls < FailingCall || (!FailsOn && Calls > FailingCall))
        {
            return true;
        }

        Failed = what;
        FailedCalls[what] = FailedCalls.GetValueOrDefault(what) + 1;
        return throws ? throw new IOException($"injected: {what}") : false;
    }

    private void Change(Action<Dictionary<string, MemoryFile>> change)
    {
        change(_names);
        _pendingNames.Add(change);
    }

    internal sealed class MemoryFile(MemoryStorage storage) : IStorageFile
    {
        private byte[] _disk = [];

        // Behind it are zeros that were written ahead.
        private int _end;
        private int _syncedEnd;

        // From here on a sync failed: what is behind is nobody's promise until it is cut.
        private int _lostFrom = int.MaxValue;

        public List<byte> Bytes { get; private set; } = [];

        public long Length => Bytes.Count;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (storage.Enter("append", throws: false))
            {
                Write(bytes);
                _end += bytes.Length;
                return;
            }

            Write(bytes[..(bytes.Length * storage.WrittenPercent / 100)]);
            throw new IOException("injected: append");
        }

        public void MakeRoom(int bytes)
        {
            if (storage.Enter("make room", throws: false))
            {
                Write(new byte[bytes]);
                return;
            }

            Write(new byte[bytes * storage.WrittenPercent / 100]);
            throw new IOException("injected: make room");
        }

        public void CutRoom()
        {
            storage.Enter("cut room");
            Bytes.RemoveRange(_end, Bytes.Count - _end);
        }

        public int Read(long offset, Span<byte> target)
        {
            storage.Enter("read");
            int count = (int)Math.Max(0, Math.Min(target.Length, Bytes.Count - offset));
            for (int i = 0; i < count; i++)
            {
                target[i] = Bytes[(int)offset + i];
            }

            return count;
        }

        public void Sync()
        {
            storage.Syncing?.Invoke();
            if (!storage.Enter("sync", throws: false))
            {
                _lostFrom = Math.Min(_lostFrom, _disk.Length);
                throw new IOException("injected: sync");
            }

            if (_lostFrom == int.MaxValue)
            {
                MarkSynced();
            }
        }

        public void Dispose()
        {
        }

        public void MarkSynced()
        {
            _disk = [.. Bytes];
            _syncedEnd = _end;
        }

        public void Set(byte[] bytes)
        {
            Bytes = [.. bytes];
            _end = bytes.Length;
            MarkSynced();
        }

        public void Cut(int length)
        {
            Bytes.RemoveRange(length, Bytes.Count - length);
            _end = length;
            MarkSynced();
        }

        public void Flip(int at)
        {
            Bytes[at] ^= 0x40;
            MarkSynced();
        }

        public void Crash(Random random)
        {
            // Longer, or without the zeros behind its end.
            int unsynced = Bytes.Count - _disk.Length;
            byte[] left = new byte[_disk.Length + (unsynced < 0 ? -random.Next(1 - unsynced)
                : random.Next(unsynced + 1))];
            _disk.AsSpan(0, Math.Min(_disk.Length, left.Length)).CopyTo(left);
            int written = Math.Min(left.Length, _end);
            for (int at = _syncedEnd; at < written;)
            {
                int end = Math.Min(written, (at / SectorBytes + 1) * SectorBytes);
                int kept = random.Next(4) switch
                {
                    0 => 0,
                    1 => random.Next(end - at + 1),
                    _ => end - at,
                };
                for (int i = 0; i < kept; i++)
                {
                    left[at + i] = Bytes[at + i];
                }

                at = end;
            }

            Set(left);
            _lostFrom = int.MaxValue;
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            Bytes.RemoveRange(_end, Math.Min(bytes.Length, Bytes.Count - _end));
            Bytes.InsertRange(_end, bytes.ToArray());
        }
    }
}
