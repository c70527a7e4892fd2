using SessionGateway.Scripting.Native;

namespace SessionGateway.Scripting.Libraries;

/// <summary>The library <c>cjson</c> (lua-cjson 2.1). What a script sets holds for its own run.</summary>
internal sealed class JsonLibrary : ILuaLibrary
{
    private JsonSettings _settings = new();

    /// <inheritdoc/>
    public string? Name => "cjson";

    /// <inheritdoc/>
    public IEnumerable<(string Name, LuaFunction Function)> Functions =>
    [
        ("encode", Encode), ("decode", Decode), ("encode_sparse_array", SparseArray),
        ("encode_max_depth", f => Number(f, "encode_max_depth", 1, int.MaxValue, _settings.EncodeDepth,
            v => _settings = _settings with { EncodeDepth = v })),
        ("decode_max_depth", f => Number(f, "decode_max_depth", 1, int.MaxValue, _settings.DecodeDepth,
            v => _settings = _settings with { DecodeDepth = v })),
        ("encode_number_precision", f => Number(f, "encode_number_precision", 1, 14, _settings.Precision,
            v => _settings = _settings with { Precision = v })),
        ("encode_keep_buffer", KeepBuffer), ("encode_invalid_numbers", EncodeInvalid),
        ("decode_invalid_numbers", DecodeInvalid),
    ];

    /// <summary>A run begins.</summary>
    public void Restart() => _settings = new JsonSettings();

    /// <inheritdoc/>
    public void PushConstants(LuaFrame frame)
    {
        frame.PushTable();
        frame.Push("null"u8);
        frame.PushLight(0);
        frame.Set(-3);
        frame.Push("_NAME"u8);
        frame.Push("cjson"u8);
        frame.Set(-3);
        frame.Push("_VERSION"u8);
        frame.Push("2.1.0"u8);
        frame.Set(-3);
    }

    private int Encode(LuaFrame frame)
    {
        if (frame.Count != 1)
        {
            return frame.BadArgument("encode", 1, "expected 1 argument");
        }

        var encoder = new JsonEncoder(frame, _settings);
        string? problem = encoder.Write();
        frame.State.Spend(encoder.Nodes / 20, frame);
        if (problem is not null)
        {
            return frame.Fail(problem);
        }

        frame.SetCount(0);
        frame.Push(encoder.Text);
        return 1;
    }

    private int Decode(LuaFrame frame)
    {
        if (frame.Count != 1)
        {
            return frame.BadArgument("decode", 1, "expected 1 argument");
        }

        if (!frame.TryText(1, out ReadOnlySpan<byte> text))
        {
            return frame.WrongType("decode", 1, "string");
        }

        var decoder = new JsonDecoder(frame, text, _settings);
        string? problem = decoder.Read();
        frame.State.Spend((decoder.Nodes / 10) + (text.Length / 500), frame);
        return problem is null ? 1 : frame.Fail(problem);
    }

    private int SparseArray(LuaFrame frame)
    {
        if (frame.Count > 3)
        {
            return frame.BadArgument("encode_sparse_array", 4, "found too many arguments");
        }

        if (frame.TypeOf(1) == LuaType.Boolean)
        {
            _settings = _settings with { ConvertsSparse = frame.Truth(1) };
        }

        if (frame.TryNumber(2, out double ratio))
        {
            _settings = _settings with { SparseRatio = (int)Math.Clamp(ratio, 0, int.MaxValue) };
        }

        if (frame.TryNumber(3, out double safe))
        {
            _settings = _settings with { SparseSafe = (int)Math.Clamp(safe, 0, int.MaxValue) };
        }

        frame.Push(_settings.ConvertsSparse);
        frame.Push(_settings.SparseRatio);
        frame.Push(_settings.SparseSafe);
        return 3;
    }

    private int EncodeInvalid(LuaFrame frame)
    {
        if (frame.TypeOf(1) == LuaType.Boolean)
        {
            _settings = _settings with { EncodesInvalid = frame.Truth(1) };
        }
        else if (frame.TypeOf(1) == LuaType.String && frame.Bytes(1).SequenceEqual("null"u8))
        {
            _settings = _settings with { EncodesInvalidAsNull = true };
        }

        if (_settings.EncodesInvalidAsNull)
        {
            frame.Push("null"u8);
        }
        else
        {
            frame.Push(_settings.EncodesInvalid);
        }

        return 1;
    }

    private int DecodeInvalid(LuaFrame frame)
    {
        if (frame.TypeOf(1) == LuaType.Boolean)
        {
            _settings = _settings with { DecodesInvalid = frame.Truth(1) };
        }

        frame.Push(_settings.DecodesInvalid);
        return 1;
    }

    // There is no buffer that could be kept.
    private static int KeepBuffer(LuaFrame frame)
    {
        frame.Push(frame.TypeOf(1) != LuaType.Boolean || frame.Truth(1));
        return 1;
    }

    private static int Number(LuaFrame frame, string name, int least, int most, int value, Action<int> set)
    {
        if (frame.Count > 1)
        {
            return frame.BadArgument(name, 2, "found too many arguments");
        }

        if (frame.TypeOf(1) is not (LuaType.None or LuaType.Nil))
        {
            if (!frame.TryNumber(1, out double number))
            {
                return frame.WrongType(name, 1, "number");
            }

            if (number < least || number > most)
            {
                return frame.BadArgument(name, 1, $"expected integer between {least} and {most}");
            }

            value = (int)number;
            set(value);
        }

        frame.Push(value);
        return 1;
    }
}
