using SessionGateway.CompatTests.Harness;
using SessionGateway.Gateway.Options;

namespace SessionGateway.HostTests.Options;

public sealed class GeneratedTextTests
{
    /// <summary>Set to 1 to write the document instead of comparing it.</summary>
    private const string RegenerateVariable = "REGENERATE_DOCS";

    [Fact]
    public void The_configuration_document_is_what_the_option_table_says()
    {
        string path = Path.Combine(Repository.Root, "docs", "configuration.md");
        string expected = OptionsDocument.Text();
        if (Environment.GetEnvironmentVariable(RegenerateVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        string actual = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(expected == actual,
            $"docs/configuration.md is out of date: run the tests once with {RegenerateVariable}=1");
    }

    [Fact]
    public void The_help_names_every_option_with_its_range_and_default()
    {
        string help = string.Join(' ', OptionsHelp.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (OptionDescriptor option in OptionTable.All)
        {
            Assert.Contains($"--{option.Name}", help);
            Assert.Contains(option.Summary, help);
            Assert.Contains(option.IsSwitch ? option.Summary : $"({option.Range}; default: {option.Default})", help);
        }
    }

    [Fact]
    public void No_line_of_the_help_is_wider_than_a_hundred_columns() =>
        Assert.All(OptionsHelp.Text().Split('\n'), line => Assert.True(line.Length <= 100, line));
}
