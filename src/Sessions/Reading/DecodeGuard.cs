namespace SessionGateway.Sessions.Reading;

/// <summary>What all decoders have in common: the limit on size, loading the tree, and emptying it after an
/// error.</summary>
internal static class DecodeGuard
{
    public delegate SessionError Reader<in TFormat>(TFormat format, ReadOnlySpan<byte> bytes, SessionTree tree,
        SessionLimits limits);

    public static bool Run<TFormat>(
        TFormat format, ReadOnlySpan<byte> bytes, SessionTree tree, SessionLimits limits, Reader<TFormat> read,
        out SessionError error,
        int bytesPerNode = SessionTree.TextBytesPerNode)
    {
        if (bytes.Length > limits.MaxBytes)
        {
            tree.Clear();
            error = new SessionError(SessionErrorCode.TooLarge, limits.MaxBytes).Naming(limits);
            return false;
        }

        error = read(format, tree.Load(bytes, limits, bytesPerNode), tree, limits);
        if (error.IsNone)
        {
            tree.Unlimit();
            return true;
        }

        error = error.Naming(limits);
        tree.Clear();
        return false;
    }
}
