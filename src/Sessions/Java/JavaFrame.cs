namespace SessionGateway.Sessions.Java;

/// <summary>Something half read in a Java stream.</summary>
internal struct JavaFrame
{
    public JavaFrameKind Kind;

    /// <summary>The node that gets the value.</summary>
    public int Position;

    /// <summary>The object's record, or the class being described.</summary>
    public int Subject;

    /// <summary>The class whose fields or data come next, and the field.</summary>
    public int Class;
    public int Field;

    /// <summary>Elements still to come.</summary>
    public int Remaining;

    public int First;
    public int Last;
    public int Count;

    /// <summary>Whether the class description asked for has been read.</summary>
    public bool HasClass;
}
