using System.Runtime.CompilerServices;

namespace SessionGateway.Store.Collections.Pages;

/// <summary>The pages from the root (level 0) of a tree to a leaf, and which child of each is the next.</summary>
internal struct TreePath
{
    /// <summary>Levels of the highest tree: with half-full inner pages there are not so many bytes of memory.</summary>
    public const int MostLevels = 14;

    public NumberArray Numbers;

    public SlotArray Slots;

    [InlineArray(MostLevels)]
    public struct NumberArray
    {
        private ulong _first;
    }

    [InlineArray(MostLevels)]
    public struct SlotArray
    {
        private int _first;
    }
}
