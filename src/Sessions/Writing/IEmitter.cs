namespace SessionGateway.Sessions.Writing;

/// <summary>
/// Writes one format while <see cref="TreeWalker"/> walks the tree. Implemented by structs so that the walk is compiled
/// for each of them without virtual calls.
/// </summary>
internal interface IEmitter<TSelf>
    where TSelf : struct, IEmitter<TSelf>
{
    SessionErrorCode Error { get; }

    string? Detail { get; }

    static abstract TSelf Create(EmitContext context, object? format);

    /// <summary>Writes what precedes the variables. Gives the holder of the variables, or a status.</summary>
    int Begin();

    /// <summary>Writes key and value at a position, or their beginning. Gives the holder to descend into, or a
    /// status.</summary>
    int Entry(int position, int holder, int depth);

    /// <summary>Writes what ends a holder that was descended into.</summary>
    bool Leave(int holder, int depth);

    /// <summary>Writes what follows the variables.</summary>
    bool End();
}
