using System.Diagnostics;
using System.Numerics;

namespace SessionGateway.Gateway.Timers;

/// <summary>
/// The deadlines of one loop in milliseconds of a clock that never goes back. Setting and taking out cost a few steps
/// however many there are; nothing is allocated. Used by the loop's thread only.
/// </summary>
/// <remarks>
/// Seven levels of 64 slots: a slot of level 0 is a millisecond, one of level <c>n</c> 64ⁿ. A timer lies on the level
/// of the highest digit (to the base 64) in which its deadline differs from the present. So all slots of a level come
/// before those of the next, a level is at no time wrapped around, and the first slot in use is found by two bit scans.
/// When the present reaches a slot of a higher level, its timers move down, in their order: those of one millisecond
/// fire in the order in which they were set.
/// </remarks>
internal sealed class TimerWheel
{
    /// <summary>What <see cref="NextAt"/> is without timers.</summary>
    public const long Never = long.MaxValue;

    private const int DigitBits = 6;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = 7;

    // 139 years.
    private const long LastTime = (1L << (DigitBits * Levels)) - 1;

    private readonly WheelTimer?[] _slots = new WheelTimer?[Levels * SlotsPerLevel];
    private readonly ulong[] _used = new ulong[Levels];
    private long _now;

    /// <summary>Makes a wheel.</summary>
    /// <param name="now">Its time, from 0: milliseconds since any moment, not since the epoch.</param>
    public TimerWheel(long now = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(now);
        _now = now;
    }

    /// <summary>Timers that are set.</summary>
    public int Count { get; private set; }

    /// <summary>True within <see cref="Advance"/>, while a timer fires.</summary>
    public bool IsFiring { get; private set; }

    /// <summary>
    /// When <see cref="Advance"/> is worth calling next: never later than the first deadline, earlier where timers have
    /// to move down (at most six times in a timer's life). <see cref="Never"/> without timers.
    /// </summary>
    public long NextAt => TryFindFirst(out int level, out int slot) ? StartOf(level, slot) : Never;

    /// <summary>Sets a timer; one that is set already gets the new deadline.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="dueAt">When; what is past fires at the next <see cref="Advance"/>, and what is set for the past
    /// while timers fire, a millisecond later.</param>
    public void Set(WheelTimer timer, long dueAt)
    {
        Remove(timer);
        timer.DueAt = Math.Clamp(dueAt, IsFiring ? _now + 1 : _now, LastTime);
        Insert(timer);
        Count++;
    }

    /// <summary>Takes a timer out; nothing happens when it is not set.</summary>
    public void Remove(WheelTimer timer)
    {
        if (timer.IsSet)
        {
            Unlink(timer);
            Count--;
        }
    }

    /// <summary>Fires what is due up to <paramref name="now"/>, the earliest first. A time before the last one does
    /// nothing more than it did.</summary>
    public void Advance(long now)
    {
        Debug.Assert(!IsFiring, "a timer moves the time on");
        now = Math.Max(now, _now);
        while (TryFindFirst(out int level, out int slot) && StartOf(level, slot) is var start && start <= now)
        {
            _now = start;
            if (level == 0)
            {
                FireAll(slot);
            }
            else
            {
                MoveDown((level * SlotsPerLevel) + slot);
            }
        }

        _now = now;
    }

    private bool TryFindFirst(out int level, out int slot)
    {
        for (level = 0; level < Levels; level++)
        {
            if (_used[level] != 0)
            {
                slot = BitOperations.TrailingZeroCount(_used[level]);
                return true;
            }
        }

        slot = 0;
        return false;
    }

    // The digits above the level are those of the present.
    private long StartOf(int level, int slot)
    {
        int shift = DigitBits * level;
        return (_now >> (shift + DigitBits) << (shift + DigitBits)) | ((long)slot << shift);
    }

    // Nothing can be set into the slot meanwhile: what is set now is a millisecond later at least.
    private void FireAll(int place)
    {
        IsFiring = true;
        while (_slots[place] is { } timer)
        {
            Unlink(timer);
            Count--;
            timer.Fire();
        }

        IsFiring = false;
    }

    private void MoveDown(int place)
    {
        while (_slots[place] is { } timer)
        {
            Unlink(timer);
            Insert(timer);
        }
    }

    private void Insert(WheelTimer timer)
    {
        int level = (63 - BitOperations.LeadingZeroCount((ulong)(timer.DueAt ^ _now) | 1)) / DigitBits;
        int slot = (int)(timer.DueAt >> (DigitBits * level)) & (SlotsPerLevel - 1);
        int place = (level * SlotsPerLevel) + slot;
        timer.Place = place;
        if (_slots[place] is { } first)
        {
            timer.Next = first;
            timer.Previous = first.Previous;
            first.Previous!.Next = timer;
            first.Previous = timer;
            return;
        }

        timer.Next = timer.Previous = timer;
        _slots[place] = timer;
        _used[level] |= 1UL << slot;
    }

    private void Unlink(WheelTimer timer)
    {
        int place = timer.Place;
        if (timer.Next == timer)
        {
            _slots[place] = null;
            _used[place / SlotsPerLevel] &= ~(1UL << (place % SlotsPerLevel));
        }
        else
        {
            timer.Previous!.Next = timer.Next;
            timer.Next!.Previous = timer.Previous;
            if (_slots[place] == timer)
            {
                _slots[place] = timer.Next;
            }
        }

        timer.Next = timer.Previous = null;
        timer.Place = -1;
    }
}
