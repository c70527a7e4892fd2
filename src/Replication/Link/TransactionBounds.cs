using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Replication.Link;

/// <summary>Finds where the transaction begins that a primary's commands leave open.</summary>
public sealed class TransactionBounds
{
    private readonly RespScratch _scratch = new();

    /// <summary>How many bytes lie in front of the transaction that is open at the end.</summary>
    /// <param name="requests">Complete requests.</param>
    /// <param name="isOpen">One was open before them.</param>
    /// <returns>All of them when none is open; 0 when it was open before and has not ended.</returns>
    public int WholeBytes(ReadOnlySpan<byte> requests, bool isOpen)
    {
        var limits = RespLimits.Default(int.MaxValue, isAuthenticated: true);
        int whole = 0;
        int at = 0;
        while (at < requests.Length)
        {
            var reader = default(RespReader);
            ReadStatus status = reader.TryRead(
                requests[at..], _scratch, limits, out RespRequest request, out int size);
            if (status != ReadStatus.Done)
            {
                reader.Release();
                break;
            }

            bool begins = !isOpen && Is(request, "MULTI"u8);
            whole = begins ? at : whole;
            isOpen = begins || (isOpen && !Is(request, "EXEC"u8) && !Is(request, "DISCARD"u8));
            at += size;
            whole = isOpen ? whole : at;
            reader.Release();
        }

        return whole;
    }

    private static bool Is(in RespRequest request, ReadOnlySpan<byte> name) =>
        request.Count > 0 && System.Text.Ascii.EqualsIgnoreCase(request[0], name);
}
