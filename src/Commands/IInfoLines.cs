namespace SessionGateway.Commands;

/// <summary>Lines <c>name:value</c> of INFO.</summary>
public interface IInfoLines
{
    /// <summary>Adds a line; neither part has a line break, the name no colon.</summary>
    void Add(string name, string value);

    /// <summary>Adds a line with a whole number.</summary>
    void Add(string name, long value);
}
