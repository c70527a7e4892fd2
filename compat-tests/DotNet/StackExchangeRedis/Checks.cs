namespace SessionGateway.CompatTests.DotNet;

/// <summary>Named checks: every one is run, every failure is printed, the exit code tells whether all passed.</summary>
internal sealed class Checks
{
    private int _passed;
    private int _failed;

    /// <summary>Runs one check and prints "ok NAME" or "FAIL NAME: why".</summary>
    public void Check(string name, Action body) => CheckAsync(name, () =>
    {
        body();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>The same for a body that waits.</summary>
    public async Task CheckAsync(string name, Func<Task> body)
    {
        try
        {
            await body();
            _passed++;
            Console.WriteLine($"ok {name}");
        }
        catch (Exception error)
        {
            _failed++;
            Console.WriteLine($"FAIL {name}: {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Prints the closing line.</summary>
    /// <returns>The exit code: 0 when at least one check ran and all passed.</returns>
    public int Finish()
    {
        Console.WriteLine($"{_passed} passed, {_failed} failed");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    /// <summary>Throws unless both are equal.</summary>
    public static void Same<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"expected '{expected}', got '{actual}'");
    }

    /// <summary>Throws unless the value is true.</summary>
    public static void Yes(bool value) => Same(true, value);

    /// <summary>Throws unless the value is false.</summary>
    public static void No(bool value) => Same(false, value);
}
