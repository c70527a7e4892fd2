namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>How far an item has come under another key.</summary>
internal enum MoveOutcome
{
    /// <summary>It is there.</summary>
    Done,

    /// <summary>The answer says why it is not.</summary>
    Refused,

    /// <summary>It is large: the next slice goes on.</summary>
    Unfinished,
}
