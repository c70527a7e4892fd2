using System.Runtime.CompilerServices;

namespace SessionGateway.Simulation.Model;

/// <summary>What the two nodes run on.</summary>
[InlineArray(2)]
internal struct Machines
{
    private Machine _first;
}
