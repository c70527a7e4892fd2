namespace SessionGateway.Scripting.Libraries;

/// <summary>What a script may set of <c>cjson</c>, with lua-cjson's defaults.</summary>
internal sealed record JsonSettings
{
    /// <summary>Sparse arrays become objects instead of errors.</summary>
    public bool ConvertsSparse { get; init; }

    /// <summary>How many times more elements than values make an array sparse.</summary>
    public int SparseRatio { get; init; } = 2;

    /// <summary>Elements up to which no array is sparse.</summary>
    public int SparseSafe { get; init; } = 10;

    /// <summary>Most levels that are written.</summary>
    public int EncodeDepth { get; init; } = 1000;

    /// <summary>Most levels that are read.</summary>
    public int DecodeDepth { get; init; } = 1000;

    /// <summary>Digits of a number.</summary>
    public int Precision { get; init; } = 14;

    /// <summary>Infinity and NaN are written.</summary>
    public bool EncodesInvalid { get; init; }

    /// <summary>Infinity and NaN are written as null.</summary>
    public bool EncodesInvalidAsNull { get; init; }

    /// <summary>Infinity, NaN and hexadecimal numbers are read.</summary>
    public bool DecodesInvalid { get; init; } = true;
}
