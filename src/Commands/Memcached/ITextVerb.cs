using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>A verb that has a word in the text protocol; <see cref="TextTable"/> has them all.</summary>
internal interface ITextVerb : IVerb
{
    /// <summary>
    /// Reads what the line of the call wants and, when that is Done, executes it and writes the answer. Called on the
    /// connection's loop; must not wait and must not throw whatever the words are.
    /// </summary>
    ReadStatus Run(ref TextCall call);

    /// <summary>Refuses a request without executing it; a verb with data behind its line has it stepped over.</summary>
    ReadStatus Refuse(ref TextCall call, TextError error) => call.Reader.Refuse(
        error, isQuiet: Descriptor.TakesNoReply && TextWords.EndsWithNoReply(call.Line.Words));
}
