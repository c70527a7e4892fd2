namespace SessionGateway.Commands.Resp.Server;

/// <summary>A part of INFO.</summary>
/// <param name="Title">Name, as in its head line.</param>
/// <param name="Write">Writes its lines.</param>
internal sealed record InfoSection(string Title, InfoSection.Body Write)
{
    /// <summary>Writes lines.</summary>
    public delegate void Body(InfoWriter writer, in RespCall call);
}
