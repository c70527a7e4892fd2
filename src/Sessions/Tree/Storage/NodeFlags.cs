namespace SessionGateway.Sessions.Tree.Storage;

[Flags]
internal enum NodeFlags : byte
{
    None = 0,

    /// <summary>The decoder has not seen the end of this map or object yet.</summary>
    Open = 1,

    /// <summary>The value has no number in PHP's numbering (a box, a record, an <c>R:</c> position).</summary>
    Unnumbered = 2,

    /// <summary>Record with a payload instead of properties.</summary>
    Payload = 4,

    /// <summary>Record of an enum case.</summary>
    EnumCase = 8,

    /// <summary>Java object that was referred to while it was being read: it contains itself and stays an
    /// object.</summary>
    Cyclic = 16,
}
