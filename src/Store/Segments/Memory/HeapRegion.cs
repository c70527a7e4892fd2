using System.Runtime.InteropServices;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// The portable region: one block of the system's heap. What was touched once stays with the process, and is used
/// again.
/// </summary>
internal sealed unsafe class HeapRegion(long length)
    : MemoryRegion((byte*)NativeMemory.AlignedAlloc((nuint)length, PageBytes), length)
{
    public override bool CanRelease => false;

    public override void Release(byte* address, long bytes)
    {
        if (DebugGuards.Enabled)
        {
            // Readers of freed memory see nonsense at once rather than sometimes.
            NativeMemory.Fill(address, (nuint)bytes, 0xDD);
        }
    }

    protected override void Free() => NativeMemory.AlignedFree(Start);
}
