namespace SessionGateway.UnitTests.Support;

/// <summary>
/// Tests that make hosts, peers or rigs: what a test made is disposed after it. They own native memory, which no
/// collection frees. (A list per flow of execution, because fields of the test class are made before this constructor
/// runs.)
/// </summary>
public abstract class OwningTests : IDisposable
{
    private static readonly AsyncLocal<List<IDisposable>?> Current = new();

    private readonly List<IDisposable> _owned = Current.Value ??= [];

    /// <summary>Has an owner disposed after the test that runs.</summary>
    public static void Own(IDisposable owner) => (Current.Value ??= []).Add(owner);

    /// <inheritdoc/>
    public void Dispose()
    {
        Current.Value = null;
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
