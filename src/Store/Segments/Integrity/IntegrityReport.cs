namespace SessionGateway.Store.Segments.Integrity;

/// <summary>What a check of a whole store counted.</summary>
/// <param name="Items">Items, expired ones that are not reclaimed yet included.</param>
/// <param name="LiveBytes">Bytes of their records.</param>
/// <param name="DeadBytes">Bytes of dead records.</param>
/// <param name="IndexBytes">Resident bytes of the indexes.</param>
/// <param name="Segments">Segments and runs in use.</param>
/// <param name="ResidentBytes">Resident bytes of all units, unused ones included.</param>
public sealed record IntegrityReport(
    long Items, long LiveBytes, long DeadBytes, long IndexBytes, int Segments, long ResidentBytes);
