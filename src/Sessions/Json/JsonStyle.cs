namespace SessionGateway.Sessions.Json;

/// <summary>What a JSON view is for.</summary>
[Flags]
internal enum JsonStyle
{
    /// <summary>A session for any JSON reader.</summary>
    Session = 0,

    /// <summary>The root may be of any kind: a list is an array.</summary>
    AnyRoot = 1,

    /// <summary>Integers are numbers whatever their size: for a reader that does not make doubles of them.</summary>
    ExactIntegers = 2,
}
