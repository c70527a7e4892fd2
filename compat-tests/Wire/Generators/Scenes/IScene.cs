using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Generators.Scenes;

/// <summary>Makes up a short play of several connections, to be put between the batches of a generated run.</summary>
internal interface IScene
{
    /// <summary>Its steps.</summary>
    /// <param name="random">Decides what happens.</param>
    /// <param name="main">The connection that sends the batches; it may take part.</param>
    /// <param name="name">Begins the names of all other connections.</param>
    IEnumerable<Step> Make(Random random, string main, string name);
}
