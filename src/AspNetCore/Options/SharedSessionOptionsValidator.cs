using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace SessionGateway.AspNetCore.Options;

/// <summary>Stops the start of an application whose settings cannot work.</summary>
internal sealed class SharedSessionOptionsValidator : IValidateOptions<SharedSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SharedSessionOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(SharedSessionOptions options)
    {
        if (string.IsNullOrEmpty(options.Cookie.Name))
        {
            yield return "Cookie.Name is empty.";
        }

        foreach ((string? name, TimeSpan value) in new[]
        {
            (nameof(options.OperationTimeout), options.OperationTimeout),
            (nameof(options.StoreRetryInterval), options.StoreRetryInterval),
            (nameof(options.LockRetryInterval), options.LockRetryInterval),
            (nameof(options.LockLifetime), options.LockLifetime),
        })
        {
            if (value < TimeSpan.FromMilliseconds(1))
            {
                yield return $"{name} must be at least one millisecond.";
            }
        }

        if (options.LockWait < TimeSpan.Zero)
        {
            yield return "LockWait must not be negative.";
        }

        // The stores count whole seconds on some of their ways.
        if (options.IdleTimeout < TimeSpan.FromSeconds(1))
        {
            yield return "IdleTimeout must be at least one second.";
        }

        foreach (string problem in options.Layout.Problems())
        {
            yield return problem;
        }

        if (PatternProblem(options) is { } wrong)
        {
            yield return wrong;
        }
    }

    private static string? PatternProblem(SharedSessionOptions options)
    {
        try
        {
            var rule = new SessionIdRule(options);
            return options.Layout.IsReadOnly || rule.Accepts(rule.NewId())
                ? null
                : "IdPattern does not accept the ids this application makes: "
                    + $"{options.Layout.NewIdLength} of 0-9, a-v.";
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return $"IdPattern: {error.Message}";
        }
    }
}
