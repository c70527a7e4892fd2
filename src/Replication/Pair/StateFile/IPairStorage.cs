namespace SessionGateway.Replication.Pair.StateFile;

/// <summary>The directory that holds the state file. Every call can fail with an <see cref="IOException"/>.</summary>
public interface IPairStorage
{
    /// <summary>What a file holds; null when there is none of the name.</summary>
    byte[]? Read(string name);

    /// <summary>Makes or replaces a file; returns when its bytes are on the disk.</summary>
    void Write(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Gives a file another name, at one moment; a file of that name is replaced.</summary>
    void Rename(string name, string newName);

    /// <summary>Returns when the names are on the disk.</summary>
    void SyncDirectory();
}
