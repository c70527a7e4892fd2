using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>
/// Writes descriptors as COMMAND prints them (redis 7 server.c, addReplyCommandInfo, addReplyCommandDocs).
/// </summary>
internal static class CommandWriter
{
    /// <summary>The entry of COMMAND INFO.</summary>
    public static void WriteInfo(OutputBuffer output, RespCommand command, int version)
    {
        CommandDescriptor descriptor = command.Descriptor;
        output.WriteArray(10);
        output.WriteBulk(descriptor.Name);
        output.WriteInteger(descriptor.Arity);
        WriteNames(output, Flags(descriptor), version, simple: true);
        output.WriteInteger(descriptor.FirstKey);
        output.WriteInteger(descriptor.LastKey);
        output.WriteInteger(descriptor.KeyStep);
        WriteNames(output, Categories(descriptor), version, simple: true);
        WriteNames(output, descriptor.Tips, version, simple: false);
        output.WriteSet(descriptor.Keys.Length, version);
        foreach (KeySpec spec in descriptor.Keys)
        {
            WriteKeySpec(output, spec, version);
        }

        output.WriteSet(command.Subcommands.Length, version);
        foreach (RespCommand sub in command.Subcommands)
        {
            WriteInfo(output, sub, version);
        }
    }

    /// <summary>The entry of COMMAND DOCS.</summary>
    public static void WriteDocs(OutputBuffer output, RespCommand command, int version)
    {
        CommandDescriptor descriptor = command.Descriptor;
        int fields = 3 + (descriptor.Complexity.Length > 0 ? 1 : 0) + (command.Subcommands.Length > 0 ? 1 : 0);
        output.WriteMap(fields + CommandDocuments.CountOf(command), version);
        output.WriteBulk("summary"u8);
        output.WriteBulk(descriptor.Summary);
        output.WriteBulk("since"u8);
        output.WriteBulk(descriptor.Since);
        output.WriteBulk("group"u8);
        output.WriteBulk(descriptor.Group);
        if (descriptor.Complexity.Length > 0)
        {
            output.WriteBulk("complexity"u8);
            output.WriteBulk(descriptor.Complexity);
        }

        CommandDocuments.Write(output, command, version);
        if (command.Subcommands.Length > 0)
        {
            output.WriteBulk("subcommands"u8);
            output.WriteMap(command.Subcommands.Length, version);
            foreach (RespCommand sub in command.Subcommands)
            {
                output.WriteBulk(sub.Name);
                WriteDocs(output, sub, version);
            }
        }
    }

    /// <summary>What happens to keys.</summary>
    public static void WriteAccess(OutputBuffer output, KeyAccess access, int version)
    {
        string[] names = [.. Enum.GetValues<KeyAccess>().Where(a => a != 0 && access.HasFlag(a)).Select(Name)];
        WriteNames(output, names, version, simple: true);
    }

    /// <summary>Categories with their <c>@</c>.</summary>
    public static string[] Categories(CommandDescriptor descriptor) =>
    [
        .. Enum.GetValues<AclCategories>().Where(c => c != 0 && descriptor.AllCategories.HasFlag(c))
            .Select(c => "@" + c.ToString().ToLowerInvariant()),
    ];

    private static string[] Flags(CommandDescriptor descriptor) =>
        [.. Enum.GetValues<CommandFlags>().Where(f => f != 0 && descriptor.Flags.HasFlag(f)).Select(Name)];

    private static void WriteKeySpec(OutputBuffer output, KeySpec spec, int version)
    {
        output.WriteMap(spec.Notes is null ? 3 : 4, version);
        if (spec.Notes is not null)
        {
            output.WriteBulk("notes"u8);
            output.WriteBulk(spec.Notes);
        }

        output.WriteBulk("flags"u8);
        WriteAccess(output, spec.Access, version);
        output.WriteBulk("begin_search"u8);
        output.WriteMap(2, version);
        output.WriteBulk("type"u8);
        output.WriteBulk("index"u8);
        output.WriteBulk("spec"u8);
        output.WriteMap(1, version);
        Write(output, "index"u8, spec.First);
        output.WriteBulk("find_keys"u8);
        output.WriteMap(2, version);
        output.WriteBulk("type"u8);
        output.WriteBulk(spec.IsCounted ? "keynum"u8 : "range"u8);
        output.WriteBulk("spec"u8);
        output.WriteMap(3, version);
        Write(output, spec.IsCounted ? "keynumidx"u8 : "lastkey"u8, spec.IsCounted ? 0 : spec.Last);
        Write(output, spec.IsCounted ? "firstkey"u8 : "keystep"u8, spec.IsCounted ? 1 : spec.Step);
        Write(output, spec.IsCounted ? "keystep"u8 : "limit"u8, spec.IsCounted ? spec.Step : 0);
    }

    private static void Write(OutputBuffer output, ReadOnlySpan<byte> name, int value)
    {
        output.WriteBulk(name);
        output.WriteInteger(value);
    }

    private static void WriteNames(OutputBuffer output, string[] names, int version, bool simple)
    {
        output.WriteSet(names.Length, version);
        foreach (string name in names)
        {
            if (simple)
            {
                output.WriteSimple(System.Text.Encoding.ASCII.GetBytes(name));
            }
            else
            {
                output.WriteBulk(name);
            }
        }
    }

    private static string Name(KeyAccess access) => access switch
    {
        KeyAccess.RO or KeyAccess.RW or KeyAccess.OW or KeyAccess.RM => access.ToString(),
        KeyAccess.VariableFlags => "variable_flags",
        KeyAccess.NotKey => "not_key",
        _ => access.ToString().ToLowerInvariant(),
    };

    private static string Name(CommandFlags flag) => flag switch
    {
        CommandFlags.SkipMonitor => "skip_monitor",
        CommandFlags.SkipSlowlog => "skip_slowlog",
        CommandFlags.NoAuth => "no_auth",
        CommandFlags.MayReplicate => "may_replicate",
        CommandFlags.NoMandatoryKeys => "no_mandatory_keys",
        CommandFlags.NoAsyncLoading => "no_async_loading",
        CommandFlags.NoMulti => "no_multi",
        CommandFlags.AllowBusy => "allow_busy",
        _ => flag.ToString().ToLowerInvariant(),
    };
}
