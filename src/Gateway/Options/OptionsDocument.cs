using System.Text;

namespace SessionGateway.Gateway.Options;

/// <summary>The text of docs/configuration.md.</summary>
internal static class OptionsDocument
{
    /// <summary>The text.</summary>
    public static string Text()
    {
        var text = new StringBuilder("""
            # Configuration

            <!-- Generated from src/Gateway/Options/OptionTable.cs; a test compares. Do not edit. -->

            The gateway reads its options once, at the start, from

            1. `appsettings.json` beside the program (it need not exist), or the file that `--config FILE` names,
            2. environment variables that start with `GATEWAY_`,
            3. the command line.

            The later wins; a list from a later source replaces the whole list. Everything is checked before the first
            port is opened: an unknown option in any source, a bad value, values that contradict each other or the
            machine, a port in use. Then the program prints one line to stderr and ends with exit code 1.

            Sizes are bytes, or end in `k`, `m`, `g`, `t` (powers of 1024). Times are seconds, or end in `ms`, `s`, `m`,
            `h`, `d`.

            | command line | environment | file | default | values |
            | --- | --- | --- | --- | --- |

            """);
        foreach (OptionDescriptor o in OptionTable.All)
        {
            string environment = o.IsRepeatable ? o.EnvironmentName + "__0" : o.EnvironmentName;
            text.Append($"| `{$"--{o.Name} {o.Value}".TrimEnd()}` | `{environment}` | `{o.FileName}` ");
            text.Append($"| {o.Default} | {o.Range} |\n");
        }

        text.Append("""

            ## What they do, and where the defaults come from


            """);
        foreach (OptionDescriptor o in OptionTable.All)
        {
            text.Append($"**`--{o.Name}`** {o.Summary}\n*Default {o.Default}*: {o.Origin}.\n\n");
        }

        text.Append("""
            ## Examples

            Command line:

                gateway --listen 127.0.0.1:11211 --listen unix:/run/gateway/gateway.sock/memcached --memory 2g
                gateway --listen 'unix:/run/gateway/gateway.sock?mode=0770&group=www-data'

            Environment:

                GATEWAY_LISTEN__0=0.0.0.0:11211 GATEWAY_LISTEN__1=0.0.0.0:6379/resp GATEWAY_AUTH=secret gateway

            A list of one needs no number: `GATEWAY_AUTH` is `GATEWAY_AUTH__0`. With several, each has its number.

            File (comments are allowed):

            ```json
            {
              "Listen": ["127.0.0.1:11211/auto", "127.0.0.1:6379/resp"],
              "Memory": "2g",
              "IdleTimeout": "1h"
            }
            ```

            """);
        return text.ToString();
    }
}
