namespace SessionGateway.Store;

/// <summary>The promise that the bytes of a value stay where they are and as they are, although the lock of their shard
/// is not held (<see cref="IValuePins.TryPin"/>).</summary>
/// <param name="Place">The engine's own name of the memory.</param>
public readonly record struct ValuePin(int Place);
