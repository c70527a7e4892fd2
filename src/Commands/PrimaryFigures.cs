namespace SessionGateway.Commands;

/// <summary>The primary of a replica, as INFO and ROLE tell of it.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="State"><c>connect</c>, <c>connecting</c>, <c>sync</c> or <c>connected</c>, in Redis' words.</param>
/// <param name="LastIo">Seconds since something came; -1: there is no connection.</param>
/// <param name="DownSince">Seconds since there is no connection; 0 with one.</param>
/// <param name="SyncBytes">Bytes of the copy so far; meaningful while it comes.</param>
/// <param name="SyncLength">Bytes of the copy; 0: not known.</param>
/// <param name="ReadOffset">Up to here everything has come.</param>
/// <param name="AppliedOffset">Up to here everything has been done.</param>
/// <param name="Failures">Commands of it that were refused here.</param>
public sealed record PrimaryFigures(
    string Host, int Port, string State, long LastIo, long DownSince, long SyncBytes, long SyncLength, long ReadOffset,
    long AppliedOffset, long Failures);
