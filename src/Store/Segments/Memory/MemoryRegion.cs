namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// One run of addresses that the engine cuts into units. Pages become resident when they are first written and are
/// given back to the system one range at a time; the addresses stay ours.
/// </summary>
internal abstract unsafe class MemoryRegion(byte* start, long length) : IDisposable
{
    /// <summary>Size in which memory becomes resident and is given back.</summary>
    public const int PageBytes = 4096;

    private bool _isFreed;

    /// <summary>Finds a region that nobody disposed; it frees nothing, because pointers into it may be in
    /// use.</summary>
    ~MemoryRegion() => LostRegion.Report();

    /// <summary>First address; a multiple of the page size.</summary>
    public byte* Start { get; } = start;

    /// <summary>Bytes of addresses.</summary>
    public long Length { get; } = length;

    /// <summary>True when <see cref="Release"/> lowers the resident memory of the process.</summary>
    public abstract bool CanRelease { get; }

    /// <summary>The region for this system: at least <paramref name="least"/> bytes, up to <paramref
    /// name="wanted"/>.</summary>
    public static MemoryRegion Create(long least, long wanted) =>
        OperatingSystem.IsLinux() && Environment.SystemPageSize == PageBytes
            ? MappedRegion.Create(least, wanted)
            : new HeapRegion(least);

    /// <summary>Gives pages back; their contents are lost. Both numbers are multiples of the page size.</summary>
    public abstract void Release(byte* address, long bytes);

    /// <summary>Makes pages resident in one go, which costs a third of a fault for each. Only a hint.</summary>
    public virtual void Populate(byte* address, long bytes)
    {
    }

    /// <summary>Number of bytes in whole pages that hold <paramref name="bytes"/>.</summary>
    public static long RoundUp(long bytes) => (bytes + (PageBytes - 1)) & -PageBytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Only once: the addresses may be somebody else's by the second time.
        if (!_isFreed)
        {
            _isFreed = true;
            Free();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the addresses back.</summary>
    protected abstract void Free();
}
