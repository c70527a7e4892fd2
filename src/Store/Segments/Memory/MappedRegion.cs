using System.Runtime.InteropServices;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// Addresses reserved from Linux in one mapping: no page is resident before its first write. One mapping, because a
/// mapping per segment meets the system's limit on mappings (vm.max_map_count, 65,530) at a few gigabytes.
/// </summary>
internal sealed unsafe class MappedRegion : MemoryRegion
{
    private bool _canPopulate = true;

    private MappedRegion(byte* start, long length)
        : base(start, length)
    {
    }

    public override bool CanRelease => true;

    public static new MappedRegion Create(long least, long wanted)
    {
        // With strict overcommit (vm.overcommit_memory = 2) the system counts reserved addresses: then ask for less.
        for (long length = wanted; ; length = Math.Max(least, length / 2))
        {
            nint start = Libc.MemoryMap(
                0,
                (nuint)length,
                Libc.ProtRead | Libc.ProtWrite,
                Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve,
                -1,
                0);
            if (start != Libc.MapFailed)
            {
                // A huge page would make 2 MB resident for the first byte of a segment. Kernels without huge pages
                // answer EINVAL, which is as good.
                _ = Libc.MemoryAdvise((byte*)start, (nuint)length, Libc.MadvNoHugePage);
                return new MappedRegion((byte*)start, length);
            }

            if (length == least)
            {
                throw new InsufficientMemoryException(
                    $"The system refuses {length} bytes of addresses (mmap error {Marshal.GetLastPInvokeError()}).");
            }
        }
    }

    public override void Release(byte* address, long bytes)
    {
        if (Libc.MemoryAdvise(address, (nuint)bytes, Libc.MadvDontNeed) != 0)
        {
            throw new InvalidOperationException($"madvise error {Marshal.GetLastPInvokeError()}");
        }
    }

    public override void Populate(byte* address, long bytes)
    {
        // Kernels before 5.14 answer EINVAL; then the pages come one by one with their first write.
        if (_canPopulate && Libc.MemoryAdvise(address, (nuint)bytes, Libc.MadvPopulateWrite) != 0)
        {
            _canPopulate = false;
        }
    }

    protected override void Free() => _ = Libc.MemoryUnmap((nint)Start, (nuint)Length);
}
