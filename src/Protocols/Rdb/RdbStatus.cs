namespace SessionGateway.Protocols.Rdb;

/// <summary>How far a reader came.</summary>
public enum RdbStatus
{
    /// <summary>The value, or the record, is complete.</summary>
    Done,

    /// <summary>A piece of the value was read, and there are more: call again behind it.</summary>
    More,

    /// <summary>Nothing was consumed: <c>NeedBytes</c> tells from how many bytes on another call is worth
    /// while.</summary>
    NeedMoreData,

    /// <summary>The visitor wants no more.</summary>
    Stopped,

    /// <summary>The bytes are wrong, as <c>Error</c> tells; nothing behind them can be read.</summary>
    Damaged,
}
