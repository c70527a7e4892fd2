namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>Small helpers for weighted choices.</summary>
internal static class Pick
{
    public static T Of<T>(this Random random, params T[] choices) => choices[random.Next(choices.Length)];

    public static bool OneIn(this Random random, int n) => random.Next(n) == 0;

    /// <summary>1 to <paramref name="longest"/> random bytes.</summary>
    public static byte[] Noise(this Random random, int longest)
    {
        byte[] bytes = new byte[random.Next(1, longest + 1)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One of the producers, each as likely as its weight says.</summary>
    public static string Weighted(this Random random, params (int Weight, Func<string> Make)[] choices)
    {
        int at = random.Next(choices.Sum(choice => choice.Weight));
        foreach ((int weight, Func<string> make) in choices)
        {
            if (at < weight)
                return make();
            at -= weight;
        }
        throw new InvalidOperationException("weights do not add up");
    }
}
