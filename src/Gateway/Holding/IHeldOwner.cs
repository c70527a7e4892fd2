namespace SessionGateway.Gateway.Holding;

/// <summary>Whose replies are held.</summary>
internal interface IHeldOwner
{
    /// <summary>Some of them may be sent; on the loop's thread.</summary>
    void OnReleased();
}
