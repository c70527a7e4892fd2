using System.Globalization;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.State;

/// <summary>What PHP makes of the name of a variable.</summary>
internal static class VariableName
{
    /// <summary>Whether a name is a number to PHP: canonical decimal text ("7", not "07").</summary>
    public static bool TryNumber(string name, out long number) =>
        long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && name == number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Why PHP could not hold or reach a variable of this name in this format; null where it can.</summary>
    public static string? Problem(string name, ISessionFormat format)
    {
        if (format != SessionFormats.Php && format != SessionFormats.PhpBinary)
        {
            return null;
        }

        if (TryNumber(name, out _))
        {
            return $"In {format.Name}, PHP cannot reach a variable whose name is a number; php_serialize has no such "
                + $"names.";
        }

        return format == SessionFormats.Php && name.Contains('|')
            ? "In php, a name with '|' makes PHP lose the whole session; php_serialize has no such names."
            : null;
    }
}
