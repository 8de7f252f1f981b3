using System.Reflection;

namespace Simulation.Failing;

/// <summary>A call on its way to what it was meant for.</summary>
internal sealed class Interception(object target, MethodInfo method, object?[] arguments)
{
    public object Target => target;

    public MethodInfo Method => method;

    public object?[] Arguments { get; set; } = arguments;

    /// <summary>Whether it is this method of this interface.</summary>
    public bool Is<T>(string name) => method.Name == name && method.DeclaringType == typeof(T);

    public override string ToString() => $"{target} {method.Name}";

    /// <summary>Lets it go where it was meant to go.</summary>
    public object? Go() => method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, Arguments, null);
}
