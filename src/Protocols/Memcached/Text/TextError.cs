namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>What is wrong with a text request, by the line that memcached answers
/// (<see cref="TextErrors.Of"/>).</summary>
public enum TextError
{
    /// <summary>Nothing, or nothing that is answered.</summary>
    None,

    /// <summary>The verb, or the number of words.</summary>
    Request,

    /// <summary>A word of the line.</summary>
    Format,

    /// <summary>A word of a delete.</summary>
    DeleteFormat,

    /// <summary>The end of the data block.</summary>
    Chunk,

    /// <summary>An exptime or a delay.</summary>
    Exptime,

    /// <summary>The number of an incr or decr.</summary>
    Delta,

    /// <summary>The length of the value.</summary>
    TooLarge,

    /// <summary>Nothing of it: the items are being read from the disk.</summary>
    Loading,

    /// <summary>None of the request's: it would write, and the disk does not.</summary>
    DiskFailed,

    /// <summary>None of the request's: it would write, and no backup is there to acknowledge it.</summary>
    NoBackup,

    /// <summary>None of the request's: it would write, and the items come from a primary.</summary>
    ReadOnly,
}
