using SessionGateway.Replication.Pair.StateFile;

namespace SessionGateway.Simulation.StateFile;

/// <summary>A directory that loses power at a call: what is written then is there in part.</summary>
internal sealed class MemoryStorage : IPairStorage
{
    public Dictionary<string, byte[]> Files { get; private init; } = [];

    /// <summary>Calls until the power is lost; -1 for never.</summary>
    public int CallsLeft { get; set; } = -1;

    /// <summary>How much of a file is there when the power is lost while it is written.</summary>
    public int Torn { get; init; }

    /// <summary>The directory after the power is back.</summary>
    public MemoryStorage Restarted() => new() { Files = Files.ToDictionary() };

    public byte[]? Read(string name) => Files.GetValueOrDefault(name);

    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        bool isLast = CallsLeft == 0;
        Files[name] = isLast ? bytes[..Torn].ToArray() : bytes.ToArray();
        Count();
    }

    public void Rename(string name, string newName)
    {
        Count();
        Files[newName] = Files[name];
        Files.Remove(name);
    }

    public void SyncDirectory() => Count();

    private void Count()
    {
        if (CallsLeft-- == 0)
        {
            throw new IOException("no power");
        }
    }
}
