namespace SessionGateway.Sessions.Java;

/// <summary>What an emitter remembers of a container it is inside of.</summary>
/// <param name="Form">How the container is written.</param>
/// <param name="Own">Object of a stream's class: that class.</param>
/// <param name="Class">Object of a stream's class: the class of its chain whose fields come next; -1 after the
/// last.</param>
/// <param name="Field">Object of a stream's class: the next field.</param>
internal record struct JavaLevel(JavaForm Form, int Own = 0, int Class = 0, int Field = 0);
