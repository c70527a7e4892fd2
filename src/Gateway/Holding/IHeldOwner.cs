namespace SessionGateway.Gateway.Holding;

/// <summary>Whose replies are held.</summary>
internal interface IHeldOwner
{
    /// <summary>Some of them may be sent; on the loop's thread.</summary>
    void OnReleased();

    /// <summary>What they tell has not come true: they must not be sent, nor anything behind them. On the loop's
    /// thread.</summary>
    void OnHeldFailed();
}
