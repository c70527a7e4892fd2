namespace SessionGateway.Commands.Resp.Server;

/// <summary>FLUSHDB and FLUSHALL take ASYNC or SYNC; both mean the same here.</summary>
internal static class FlushOptions
{
    /// <summary>True when the options are valid; writes the error otherwise.</summary>
    public static bool TryParse(in RespCall call)
    {
        if (call.Count == 1 || (call.Count == 2 && (call.Is(1, "async"u8) || call.Is(1, "sync"u8))))
        {
            return true;
        }

        call.Error(RespErrors.Syntax);
        return false;
    }
}
