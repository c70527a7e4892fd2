namespace SessionGateway.Commands.Resp.Scripting.Meanings;

/// <summary>What a known script does, as one step under its key's lock.</summary>
internal abstract class ScriptMeaning
{
    /// <summary>Runs and writes one reply.</summary>
    public abstract void Run(in ScriptCall script);
}
