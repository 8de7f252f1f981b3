using Orleans.Core;

namespace Orleans.Core
{
    public interface IStorage
    {
        string? Etag { get; }

        /// <summary>Whether storage held a record when last read or written.</summary>
        bool RecordExists { get; }

        Task ClearStateAsync();

        /// <exception cref="Storage.InconsistentStateException">The record changed since it was read; the activation ends.</exception>
        Task WriteStateAsync();

        Task ReadStateAsync();
    }

    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A named state of a grain, read before <see cref="Grain.OnActivateAsync"/>.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
    /// <param name="stateName">Name of the record; if empty, the name of the parameter.</param>
    /// <param name="storageName">Key under which the <see cref="Storage.IGrainStorage"/> is registered; if empty, the one without key.</param>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName;

        public string? StorageName { get; } = storageName;
    }
}
