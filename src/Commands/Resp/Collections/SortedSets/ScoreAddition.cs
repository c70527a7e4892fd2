using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>What ZADD and ZINCRBY do with their scores and members.</summary>
internal static class ScoreAddition
{
    private enum Outcome
    {
        Nothing,
        Added,
        Changed,
        Same,
        Failed,
    }

    /// <summary>Writes them and the answer.</summary>
    public static void Run(in RespCall call, in AddOptions options)
    {
        if (!AreScores(call, options))
        {
            call.Error(RespErrors.NotAFloat);
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.RefusesWrite(scope.Shard.Collections.SortedSets.Length(key, call.Now, out _)))
        {
            return;
        }

        if (!options.IsOnlyIfPresent)
        {
            call.NotifyIfNew(scope.Shard, key);
        }

        int added = 0, changed = 0, processed = 0;
        double score = 0;
        for (int i = options.FirstScore; i < call.Count; i += 2)
        {
            RedisDouble.TryParse(call[i], out score);
            Outcome outcome = Apply(call, scope.Shard, key, call[i + 1], options, ref score);
            if (outcome == Outcome.Failed)
            {
                return;
            }

            added += outcome == Outcome.Added ? 1 : 0;
            changed += outcome == Outcome.Changed ? 1 : 0;
            processed += outcome != Outcome.Nothing ? 1 : 0;
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
        if (added + changed > 0)
        {
            call.Notify(KeyEventClasses.SortedSet, options.IsIncrement ? "zincr"u8 : "zadd"u8, key);
        }

        if (!options.IsIncrement)
        {
            call.Output.WriteInteger(options.CountsChanges ? added + changed : added);
        }
        else if (processed > 0)
        {
            call.Output.WriteDouble(score, call.Version);
        }
        else
        {
            call.WriteNull();
        }
    }

    /// <summary>Whether all scores are numbers.</summary>
    public static bool AreScores(in RespCall call, in AddOptions options)
    {
        for (int i = options.FirstScore; i < call.Count; i += 2)
        {
            if (!RedisDouble.TryParse(call[i], out _))
            {
                return false;
            }
        }

        return true;
    }

    private static Outcome Apply(
        in RespCall call, Shard shard, in ItemKey key, ReadOnlySpan<byte> member, in AddOptions options,
        ref double score)
    {
        Store.Collections.SortedSets sets = shard.Collections.SortedSets;
        bool exists = sets.Find(key, member, call.Now, out double old) == Lookup.Found;
        if (exists ? options.IsOnlyIfAbsent : options.IsOnlyIfPresent)
        {
            return Outcome.Nothing;
        }

        if (exists && options.IsIncrement)
        {
            score += old;
            if (double.IsNaN(score))
            {
                call.Error("-ERR resulting score is not a number (NaN)\r\n"u8);
                return Outcome.Failed;
            }
        }

        if (exists && ((options.IsOnlyIfLess && score >= old) || (options.IsOnlyIfGreater && score <= old)))
        {
            return Outcome.Nothing;
        }

        if (exists && score == old)
        {
            return Outcome.Same;
        }

        // Redis keeps a whole number in small sorted sets, so -0 loses its sign.
        return !call.Accepts(sets.Set(key, member, score == 0 ? 0 : score, call.Now)) ? Outcome.Failed
            : exists ? Outcome.Changed
            : Outcome.Added;
    }
}
