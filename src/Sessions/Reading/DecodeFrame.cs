namespace SessionGateway.Sessions.Reading;

/// <summary>A map or object whose children are being read.</summary>
internal struct DecodeFrame
{
    /// <summary>The position (or record) that gets the children when the frame closes.</summary>
    public int Owner;

    public int First;
    public int Last;
    public int Count;

    /// <summary>Children still to come.</summary>
    public int Remaining;

    /// <summary>Free for the reader: what kind of container this is.</summary>
    public int State;

    /// <summary>The smallest integer key that would keep the keys growing; keys that grow cannot repeat.</summary>
    public long NextKey;

    /// <summary>Whether a key may repeat an earlier one, so that the children must be checked at the end.</summary>
    public bool MayRepeat;
}
