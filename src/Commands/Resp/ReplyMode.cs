namespace SessionGateway.Commands.Resp;

/// <summary>CLIENT REPLY.</summary>
internal enum ReplyMode : byte
{
    /// <summary>Every command is answered.</summary>
    On,

    /// <summary>No command is answered.</summary>
    Off,

    /// <summary>The next command is not answered.</summary>
    SkipNext,
}
