using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.Payload;

/// <summary>Why a session could not be read.</summary>
/// <param name="Reason">For the log; never a value of the session.</param>
/// <param name="IsLimit">Whether the bytes are sound, and more than the application's limits allow.</param>
internal readonly record struct ReadProblem(string Reason, bool IsLimit = false)
{
    /// <summary>What a decoder said of bytes that should have been something else, unless they were only too
    /// many.</summary>
    public static ReadProblem Of(string what, SessionError error) =>
        error.IsLimit ? new ReadProblem(error.ToString(), IsLimit: true) : new ReadProblem($"{what}: {error}");
}
