using System.Text;
using SessionGateway.Commands.Memcached;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Memcached;

/// <summary>The table in docs/protocols/memcached.md is what is executed. REGENERATE_DOCS=1 writes it anew.</summary>
public sealed class VerbDocumentTests
{
    private const string Start = "<!-- verbs: written by VerbDocumentTests with REGENERATE_DOCS=1 -->\n";
    private const string End = "<!-- end of verbs -->\n";

    [Fact]
    public void The_table_of_verbs_is_up_to_date()
    {
        string path = RepositoryFiles.PathOf("docs/protocols/memcached.md");
        string text = File.ReadAllText(path);
        int start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(start >= Start.Length && end >= start, "docs/protocols/memcached.md has lost its marks");
        if (Environment.GetEnvironmentVariable("REGENERATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..start] + Table() + text[end..]);
        }
        else
        {
            Assert.Equal(Table(), text[start..end]);
        }
    }

    [Fact]
    public void Every_word_of_the_text_protocol_finds_its_verb()
    {
        foreach (string name in VerbList.All.Where(verb => verb.IsText).Select(verb => verb.Name))
        {
            var processor = new MemcachedTextProcessor();
            using var rig = new MemcachedRig(processor);
            foreach (string other in (string[])[name + "x", name[..^1], name.ToUpperInvariant(), "x" + name[1..]])
            {
                rig.Ask($"{other} 0\r\n");
                Assert.NotEqual(name, processor.LastCommand(rig.Context.Client));
            }

            rig.Ask($"{name} 0\r\n");
            Assert.Equal(name, processor.LastCommand(rig.Context.Client));
        }

        Assert.Equal(VerbList.All.Count, VerbList.All.Select(verb => verb.Name).Distinct().Count());
    }

    [Fact]
    public void Each_verb_with_opcodes_answers_on_the_binary_protocol()
    {
        foreach (VerbInfo verb in VerbList.All)
        {
            foreach (byte opcode in verb.Opcodes.Select(opcode => (byte)opcode))
            {
                using var rig = new MemcachedRig(new MemcachedBinaryProcessor());
                byte[] answer = [.. rig.Send(BinaryDriver.Request(opcode, new byte[99], "k", "v")), .. new byte[8]];
                Assert.True(answer[6] == 0 && answer[7] != 0x81, $"opcode {opcode:x2} of {verb.Name} is not known");
            }
        }
    }

    private static string Table()
    {
        var text = new StringBuilder(
            "| verb | text | noreply | opcodes | keys | items | before the login (binary) |\n"
            + "| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (VerbInfo verb in VerbList.All)
        {
            string opcodes = string.Join(", ", verb.Opcodes.Select(opcode => $"{(byte)opcode:x2} {opcode}"));
            text.Append($"| {verb.Name} | {Yes(verb.IsText)} | {Yes(verb.TakesNoReply)} | {opcodes} | {verb.Keys} "
                + $"| {verb.Access} | {Yes(verb.IsForStrangers)} |\n");
        }

        return text.ToString();
    }

    private static string Yes(bool value) => value ? "yes" : "";
}
