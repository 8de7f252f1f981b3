using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Cluster.Embedded;

/// <summary>One state of one activation. Operations run one after the other even where requests interleave, so each sees the ETag of the last.</summary>
internal sealed class PersistentState<T>(string name, GrainId id, IGrainStorage storage) : IPersistentState<T>
{
    private readonly GrainState<T> _record = new(New());
    private Task _last = Task.CompletedTask;

    public T State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _record.RecordExists;

    public Task ReadStateAsync() => AfterTheLast(async () =>
    {
        await storage.ReadStateAsync(name, id, _record);
        _record.State ??= New();
    });

    public Task WriteStateAsync() => AfterTheLast(() => storage.WriteStateAsync(name, id, _record));

    public Task ClearStateAsync() => AfterTheLast(async () =>
    {
        await storage.ClearStateAsync(name, id, _record);
        _record.State = New();
    });

    private Task AfterTheLast(Func<Task> operation)
    {
        return _last = _last.IsCompleted ? operation() : Queued(_last);

        async Task Queued(Task last)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await operation();
        }
    }

    private static T New() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
