using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys;

/// <summary>Names that TYPE gives.</summary>
internal static class TypeNames
{
    public static ReadOnlySpan<byte> Of(ItemType type) => type switch
    {
        ItemType.String => "string"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "a type without a name"),
    };
}
