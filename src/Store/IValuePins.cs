namespace SessionGateway.Store;

/// <summary>A shard that can keep the bytes of a value for a reader without the lock.</summary>
public interface IValuePins
{
    /// <summary>
    /// Makes the bytes of a value that a look has shown (<see cref="ItemView.Value"/>) outlive the lock: until
    /// <see cref="Unpin"/>, which takes the lock again, nothing writes to them, moves them or gives their memory back,
    /// whatever becomes of the item meanwhile. For as long as one system call takes.
    /// </summary>
    /// <returns>False where that cannot be had: then the bytes have to be copied before the lock is left.</returns>
    bool TryPin(ReadOnlySpan<byte> value, out ValuePin pin);

    /// <summary>Ends a pin; once for each.</summary>
    void Unpin(ValuePin pin);
}
