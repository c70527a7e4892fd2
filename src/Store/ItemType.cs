namespace SessionGateway.Store;

/// <summary>What the value bytes of an item hold. The store keeps the tag and never interprets the bytes.</summary>
public enum ItemType : byte
{
    /// <summary>An opaque byte string: every memcached item, every RESP string.</summary>
    String = 0,
}
