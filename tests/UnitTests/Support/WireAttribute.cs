using System.Reflection;
using Xunit.Sdk;

namespace SessionGateway.UnitTests.Support;

/// <summary>
/// A wire sample for a theory, run in every segmentation: the first parameter gets <see cref="Segments"/>, the
/// others the values given here.
/// </summary>
/// <param name="wire">The bytes, one a char.</param>
/// <param name="values">Values of the other parameters.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class WireAttribute(string wire, params object[] values) : DataAttribute
{
    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Segments.Of(wire).Select(segments => (object[])[segments, .. values]);
}
