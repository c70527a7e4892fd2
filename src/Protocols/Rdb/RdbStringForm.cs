namespace SessionGateway.Protocols.Rdb;

/// <summary>How a string is written.</summary>
internal enum RdbStringForm
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>As a number of one, two or four bytes.</summary>
    Number,

    /// <summary>Compressed with LZF.</summary>
    Compressed,
}
