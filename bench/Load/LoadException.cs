namespace SessionGateway.Bench.Load;

/// <summary>The run cannot go on; the message is one line for the user and the program ends with exit code 1.</summary>
internal sealed class LoadException(string message) : Exception(message);
