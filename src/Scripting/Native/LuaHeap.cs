using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SessionGateway.Scripting.Native;

/// <summary>
/// The memory of one Lua state: small blocks from pages by size class, large ones from the system, everything given
/// back in one go without asking Lua. Lua tells the size of what it frees, so small blocks have no heads.
/// </summary>
internal sealed unsafe class LuaHeap : IDisposable
{
    private const int Step = 16;
    private const int Classes = 33;
    private const int MaxSmall = (Classes - 1) * Step;
    private const int PageBytes = 64 * 1024;

    // A single wish for more than this is refused when the limit is passed; smaller ones are granted, and the script
    // ends soon.
    private const long LargeWish = 1 << 20;

    private State* _state;

    /// <summary>Makes an empty heap.</summary>
    public LuaHeap(long limit)
    {
        _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        _state->Limit = limit;
        _state->IsGenerous = 1;
    }

    /// <summary>What <see cref="Allocate"/> is given.</summary>
    public void* Data => _state;

    /// <summary>Bytes taken from the system.</summary>
    public long TakenBytes => _state->Taken;

    /// <summary>Bytes that Lua has in use.</summary>
    public long UsedBytes => _state->Used;

    /// <summary>True when more was wanted than the limit allows.</summary>
    public bool IsOverdrawn
    {
        get => _state->IsOverdrawn != 0;
        set => _state->IsOverdrawn = value ? 1 : 0;
    }

    /// <summary>
    /// True while managed code works on the state: then everything is granted, because the error of a refusal would
    /// jump over managed frames. What managed code asks for is bounded by itself.
    /// </summary>
    public bool IsGenerous
    {
        get => _state->IsGenerous != 0;
        set => _state->IsGenerous = value ? 1 : 0;
    }

    /// <summary>Bytes that may still be used.</summary>
    public long Left => _state->Limit - _state->Used;

    /// <summary>Lua's allocator.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void* Allocate(void* data, void* block, nuint oldSize, nuint newSize)
    {
        var state = (State*)data;
        if (block == null)
        {
            oldSize = 0;
        }

        if (newSize == 0)
        {
            Free(state, block, oldSize);
            return null;
        }

        long growth = (long)newSize - (long)oldSize;
        if (growth > 0 && state->Used + growth > state->Limit)
        {
            state->IsOverdrawn = 1;
            if (growth > LargeWish && state->IsGenerous == 0)
            {
                return null;
            }
        }

        if (block != null && ClassOf(oldSize) == ClassOf(newSize) && newSize <= MaxSmall)
        {
            state->Used += growth;
            return block;
        }

        void* made = Take(state, newSize);
        if (made != null && block != null)
        {
            Unsafe.CopyBlockUnaligned(made, block, (uint)Math.Min(oldSize, newSize));
            Free(state, block, oldSize);
        }

        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_state == null)
        {
            return;
        }

        for (Large* large = _state->FirstLarge; large != null;)
        {
            Large* next = large->Next;
            NativeMemory.Free(large);
            large = next;
        }

        for (Page* page = _state->FirstPage; page != null;)
        {
            Page* next = page->Next;
            NativeMemory.Free(page);
            page = next;
        }

        NativeMemory.Free(_state);
        _state = null;
    }

    private static int ClassOf(nuint size) => (int)((size + (Step - 1)) / Step);

    private static void* Take(State* state, nuint size)
    {
        if (size > MaxSmall)
        {
            return TakeLarge(state, size);
        }

        int index = ClassOf(size);
        void** free = state->Free(index);
        void* block = *free;
        if (block != null)
        {
            *free = *(void**)block;
        }
        else
        {
            nuint bytes = (nuint)index * Step;
            if ((nuint)(state->PageEnd - state->PageAt) < bytes && !AddPage(state))
            {
                return null;
            }

            block = state->PageAt;
            state->PageAt += bytes;
        }

        state->Used += (long)size;
        return block;
    }

    private static void* TakeLarge(State* state, nuint size)
    {
        var large = (Large*)TryMalloc(size + (nuint)sizeof(Large));
        if (large == null)
        {
            return null;
        }

        large->Previous = null;
        large->Next = state->FirstLarge;
        if (large->Next != null)
        {
            large->Next->Previous = large;
        }

        state->FirstLarge = large;
        state->Used += (long)size;
        state->Taken += (long)size;
        return large + 1;
    }

    private static void Free(State* state, void* block, nuint size)
    {
        if (block == null)
        {
            return;
        }

        state->Used -= (long)size;
        if (size > MaxSmall)
        {
            Large* large = (Large*)block - 1;
            *(large->Previous == null ? &state->FirstLarge : &large->Previous->Next) = large->Next;
            if (large->Next != null)
            {
                large->Next->Previous = large->Previous;
            }

            state->Taken -= (long)size;
            NativeMemory.Free(large);
            return;
        }

        void** free = state->Free(ClassOf(size));
        *(void**)block = *free;
        *free = block;
    }

    // What is left of the page before is lost: less than one block of half a kilobyte.
    private static bool AddPage(State* state)
    {
        var page = (Page*)TryMalloc(PageBytes);
        if (page == null)
        {
            return false;
        }

        page->Next = state->FirstPage;
        state->FirstPage = page;
        state->PageAt = (byte*)page + Step;
        state->PageEnd = (byte*)page + PageBytes;
        state->Taken += PageBytes;
        return true;
    }

    private static void* TryMalloc(nuint size)
    {
        try
        {
            return NativeMemory.Alloc(size);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    private struct Page
    {
        public Page* Next;
    }

    private struct Large
    {
        public Large* Next;
        public Large* Previous;
    }

    private struct State
    {
        public long Used;
        public long Taken;
        public long Limit;
        public int IsGenerous;
        public int IsOverdrawn;
        public byte* PageAt;
        public byte* PageEnd;
        public Page* FirstPage;
        public Large* FirstLarge;
        private fixed ulong _free[Classes];

        public void** Free(int index) => (void**)Unsafe.AsPointer(ref _free[index]);
    }
}
