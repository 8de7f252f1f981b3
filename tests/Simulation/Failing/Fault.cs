namespace Simulation.Failing;

/// <summary>Everything that may go wrong.</summary>
[Flags]
internal enum Fault
{
    None = 0,

    /// <summary>A group of commits fails as a whole.</summary>
    Write = 1 << 0,

    /// <summary>A group is written, and nobody is told.</summary>
    Unanswered = 1 << 1,

    /// <summary>One of a group cannot be written, whatever the others are.</summary>
    Poison = 1 << 2,

    /// <summary>The disk takes seconds.</summary>
    SlowCommit = 1 << 3,

    /// <summary>Too many wait for the disk.</summary>
    Overload = 1 << 4,

    /// <summary>A read fails.</summary>
    Read = 1 << 5,

    /// <summary>The store is away for a while, for reads and writes.</summary>
    StoreAway = 1 << 6,

    /// <summary>The process is killed between any two steps.</summary>
    Crash = 1 << 7,

    /// <summary>The power goes while a group is written: any prefix, any mixture of sectors may have reached the disk.</summary>
    Torn = 1 << 8,

    /// <summary>Killed while it starts, recovers or sweeps.</summary>
    CrashInStart = 1 << 9,

    /// <summary>A call between grains never arrives.</summary>
    CallLost = 1 << 10,

    /// <summary>The answer to a call never arrives.</summary>
    AnswerLost = 1 << 11,

    /// <summary>A call that may arrive twice does.</summary>
    CallTwice = 1 << 12,

    /// <summary>A call takes seconds to arrive.</summary>
    CallSlow = 1 << 13,

    /// <summary>A client gives up waiting, and sends the same once more, together with something else.</summary>
    ClientImpatient = 1 << 14,

    /// <summary>A client's message is overtaken by its later ones.</summary>
    ClientSlow = 1 << 15,

    /// <summary>An activation ends.</summary>
    Deactivation = 1 << 16,

    /// <summary>A case has two activations for a while.</summary>
    Split = 1 << 17,

    /// <summary>Somebody sets the machine's clock: forward by hours, back by minutes.</summary>
    ClockSet = 1 << 18,

    /// <summary>Time passes while work is under way.</summary>
    SlowMachine = 1 << 19,

    /// <summary>An orderly stop and a new start.</summary>
    Restart = 1 << 20,

    All = (1 << 21) - 1,
}
