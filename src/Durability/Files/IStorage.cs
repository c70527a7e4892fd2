namespace SessionGateway.Durability.Files;

/// <summary>
/// The directory that holds the log. Every call can fail with an <see cref="IOException"/>. What a file holds is on the
/// disk after <see cref="IStorageFile.Sync"/>, that it exists, or exists no more, after <see cref="SyncDirectory"/>.
/// </summary>
public interface IStorage
{
    /// <summary>Names of the files, in no order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Makes a file to write to; there is none of the name.</summary>
    IStorageFile Create(string name);

    /// <summary>Opens a file to read from.</summary>
    IStorageFile Open(string name);

    /// <summary>Cuts a file to a length and has it on the disk so.</summary>
    void Cut(string name, long length);

    /// <summary>Gives a file another name; a file of that name is replaced.</summary>
    void Rename(string name, string newName);

    /// <summary>Removes a file.</summary>
    void Delete(string name);

    /// <summary>Has the names on the disk.</summary>
    void SyncDirectory();
}
