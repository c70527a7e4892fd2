namespace SessionGateway.Store;

/// <summary>How the bytes of a string came about, as far as somebody may ask for it (Redis shows it as the string's
/// encoding). The store keeps the tag and does nothing by it.</summary>
public enum StringForm : byte
{
    /// <summary>Written as a whole.</summary>
    Whole = 0,

    /// <summary>Written as a whole, and not a whole number even if it reads like one: the result of a
    /// calculation with fractions.</summary>
    Fraction = 1,

    /// <summary>Changed in place.</summary>
    Edited = 2,
}
