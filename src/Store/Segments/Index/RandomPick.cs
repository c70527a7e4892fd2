using SessionGateway.Store.Segments.Records;

namespace SessionGateway.Store.Segments.Index;

/// <summary>Picks an item by chance: a bucket by chance, then one of its items; from an empty bucket on to the
/// next.</summary>
internal static class RandomPick
{
    /// <summary>A live record, or none when every item expired.</summary>
    public static Record Choose(HashIndex index, Random random, long now)
    {
        uint start = (uint)random.NextInt64(index.BucketCount);
        for (uint i = 0; i < index.BucketCount; i++)
        {
            Record chosen = default;
            int seen = 0;
            for (Bucket bucket = index.BucketAt((start + i) % index.BucketCount); ; bucket = index.Following(bucket))
            {
                for (uint slots = bucket.UsedSlots(); slots != 0; slots &= slots - 1)
                {
                    Record record = index.RecordAt(bucket, slots);
                    if (!record.IsExpired(now) && random.Next(++seen) == 0)
                    {
                        chosen = record;
                    }
                }

                if (bucket.Next == 0)
                {
                    break;
                }
            }

            if (seen > 0)
            {
                return chosen;
            }
        }

        return default;
    }
}
