namespace Grains.Tests.Engine;

/// <summary>What Orleans does otherwise than the embedded engine, seen in its source (10.4.2). No grain may rely on the other way.</summary>
internal static class OnOrleans
{
    public const string NoOrder =
        "Orleans keeps no order: while it looks for the silo of a grain (PlacementService), and when it passes calls on to the next activation (ActivationData.RerouteAllQueuedMessages), one call may overtake another.";

    public const string TwoForwards =
        "Orleans passes a call on at most twice (SiloMessagingOptions.MaxForwardCount) from an activation that ends to the next, and then rejects it; whoever calls asks again.";

    public const string DisposedBesideTheNext =
        "Orleans disposes of an activation after it has let its name go (ActivationData.FinishDeactivating: UnregisterMessageTarget, then DisposeAsync), so that the next one may have begun.";

    public const string CallClock =
        "Orleans measures the age of a call by the clock of the machine (CallbackData.IsExpired), which no test can advance.";

    public const string IdleClock =
        "Orleans measures idleness by the clock of the machine (ActivationCollector, ActivationData.GetIdleness), which no test can advance; IdleTests has it in real time.";

    public const string ReadsLetWritesIn =
        "Orleans lets a write start beside the later of two reads once the first of them has ended (ActivationData.OnCompletedRequest forgets the blocking request, MayInvokeRequest then lets anything start).";

    public const string OneWriteForMany =
        "Orleans writes a state once for all the writes that wait for the one before them (StateStorageBridge.WriteStateInternalAsync).";

    public const string DisposedTick =
        "Orleans still carries out a tick that waits its turn when its timer is disposed (GrainTimer.InvokeGrainTimerCallbackAsync does not look).";

    public const string NoPlaceWhileStopping =
        "A silo of Orleans that stops places no grain any more (PlacementService.GetCompatibleSilos: only active silos), its neighbours do: LeavingTests has one leave.";

    public const string TakesCallsWhileStopping =
        "A silo of Orleans takes calls from outside until its gateway has closed, some time after it began to stop.";
}
