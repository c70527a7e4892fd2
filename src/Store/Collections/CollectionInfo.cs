namespace SessionGateway.Store.Collections;

/// <summary>What is known of a collection without reading it.</summary>
/// <param name="Count">Fields, members or elements; fields that have just ended may still be counted.</param>
/// <param name="IsLarge">It lies in pages of its own.</param>
/// <param name="IsWide">It has, or once had, more than 128 entries, 512 of a hash, or one of more than 64 bytes: where
/// Redis leaves its packed encodings (hash-max-listpack-entries and its kin) and does not come back.</param>
/// <param name="IsMixed">A set that has, or once had, a member that is no 64-bit number, or more than 512 of them:
/// where Redis leaves the intset.</param>
public readonly record struct CollectionInfo(long Count, bool IsLarge, bool IsWide, bool IsMixed);
