using SessionGateway.Store;

namespace SessionGateway.StoreTests.Contract;

/// <summary>An <see cref="ItemView"/> that outlives its scope.</summary>
public sealed record Item(byte[] Value, uint Flags, ItemType Type, ulong Cas, long ExpiresAt, long LastAccess)
{
    /// <summary>Copies a view.</summary>
    public static Item Of(in ItemView view) =>
        new(view.Value.ToArray(), view.Flags, view.Type, view.Cas, view.ExpiresAt, view.LastAccess);
}
