using System.Reflection;
using Orleans;

namespace Grains.Tests.Contracts;

/// <summary>
/// What silos of two versions say to each other while one after the other is replaced: the names of grains and methods, and the numbers and types of what messages hold.
/// A file lists what has been released; it may grow, but what is in it stays.
/// </summary>
/// <param name="contracts">Whose grains and messages.</param>
/// <param name="file">Name of the file, beside the tests.</param>
public abstract class MessageSchema(Assembly contracts, string file)
{
    [Fact]
    public void What_was_released_is_still_said_in_the_same_way()
    {
        var now = Schema().ToHashSet(StringComparer.Ordinal);
        var changed = Released().Where(line => !now.Contains(line)).ToList();
        Assert.True(changed.Count == 0, $"an older silo would not understand:\n{string.Join('\n', changed)}");
    }

    [Fact]
    public void What_is_new_is_written_down()
    {
        var released = Released().ToHashSet(StringComparer.Ordinal);
        var added = Schema().Where(line => !released.Contains(line)).ToList();
        Assert.True(added.Count == 0, $"add to {file}:\n{string.Join('\n', added)}");
    }

    [Fact]
    public void Every_message_has_a_name_of_its_own_and_every_member_a_number()
    {
        foreach (var type in Messages())
        {
            Assert.True(type.GetCustomAttribute<AliasAttribute>() is not null, $"{type.Name} has no alias");
            Assert.All(Members(type), member => Assert.True(NumberOf(member) is not null, $"{type.Name}.{member.Name} has no id"));
            Assert.Equal(Members(type).Count(), Members(type).Select(NumberOf).Distinct().Count());
        }

        Assert.Equal(Messages().Count(), Messages().Select(m => m.GetCustomAttribute<AliasAttribute>()!.Alias).Distinct().Count());
        Assert.All(Interfaces(), i => Assert.All(i.GetMethods().Where(m => !m.IsStatic), m => Assert.True(m.GetCustomAttribute<AliasAttribute>() is not null, $"{i.Name}.{m.Name} has no alias")));
    }

    [Fact]
    public void Whatever_a_grain_takes_or_gives_can_cross_the_wire() => Assert.All(
        Carried().Where(t => !t.IsEnum && !t.IsInterface),
        type => Assert.True(type.GetCustomAttribute<GenerateSerializerAttribute>() is not null, $"{type.Name} has no serializer"));

    private IEnumerable<string> Released() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Contracts", file)).Where(line => line.Length > 0);

    private IEnumerable<string> Schema() =>
    [
        .. Interfaces().SelectMany(i => i.GetMethods().Where(m => !m.IsStatic).Select(m =>
            $"grain {i.GetCustomAttribute<AliasAttribute>()!.Alias}.{m.GetCustomAttribute<AliasAttribute>()!.Alias}({string.Join(", ", m.GetParameters().Select(p => Name(p.ParameterType)))}) {Name(m.ReturnType)}")).Order(StringComparer.Ordinal),
        .. Messages().SelectMany(t => Members(t).OrderBy(NumberOf).Select(m =>
            $"message {t.GetCustomAttribute<AliasAttribute>()!.Alias} {NumberOf(m)}: {Name(TypeOf(m))}")).Order(StringComparer.Ordinal),
        .. Carried().Where(t => t.IsEnum).OrderBy(t => t.Name, StringComparer.Ordinal).SelectMany(t => Enum.GetValues(t).Cast<object>().Select(v => $"enum {t.Name} {Convert.ToInt64(v)}: {v}")).Order(StringComparer.Ordinal),
    ];

    private IEnumerable<Type> Interfaces() => contracts.GetTypes().Where(t => t.IsInterface && (typeof(IGrain).IsAssignableFrom(t) || typeof(IGrainObserver).IsAssignableFrom(t))).OrderBy(t => t.Name, StringComparer.Ordinal);

    private IEnumerable<Type> Messages() => contracts.GetTypes().Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null).OrderBy(t => t.Name, StringComparer.Ordinal);

    // What grains take and give, and what is in it.
    private IEnumerable<Type> Carried() => Interfaces().SelectMany(i => i.GetMethods()).Where(m => !m.IsStatic)
        .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)).Concat(Messages().SelectMany(Members).Select(TypeOf))
        .SelectMany(Inner).Where(t => t.Assembly == contracts).Distinct();

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    private static IEnumerable<MemberInfo> Members(Type type) => type.IsSubclassOf(typeof(Exception))
        ? []
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.GetSetMethod(nonPublic: true) is not null).Cast<MemberInfo>();

    private static uint? NumberOf(MemberInfo member) => member.GetCustomAttribute<IdAttribute>()?.Id;

    private static IEnumerable<Type> Inner(Type type) =>
        type.HasElementType ? Inner(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Inner).Append(type) : [type];

    private static string Name(Type type) => type.HasElementType ? $"{Name(type.GetElementType()!)}[]"
        : Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;
}
