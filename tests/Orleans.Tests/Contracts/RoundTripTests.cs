using System.Collections;
using System.Reflection;
using System.Text.Json;
using Cluster.Contracts;
using Cluster.Contracts.Storage;
using Cluster.Silo.Clustered;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;

namespace Grains.Tests.Contracts;

/// <summary>Whatever grains say to each other is the same where it arrives.</summary>
public sealed class RoundTripTests
{
    private static readonly Serializer Wire = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<Type> Messages =>
    [
        .. new[] { typeof(ICaseGrain).Assembly, typeof(INodeGrain).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false, IsPublic: true } && t.GetCustomAttribute<GenerateSerializerAttribute>() is not null && !t.IsSubclassOf(typeof(Exception)))
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_arrives_with_everything_that_is_in_it(Type type)
    {
        var sent = Filled(type, 1)!;
        var arrived = Wire.Deserialize<object>(Wire.SerializeToArray(sent));
        Assert.IsType(type, arrived);
        Assert.Equal(JsonSerializer.Serialize(sent, type), JsonSerializer.Serialize(arrived, type));
    }

    [Fact]
    public void An_exception_arrives_as_what_it_is_with_what_it_says_and_what_caused_it()
    {
        Exception[] all =
        [
            new StoreUnavailableException(new IOException("disk")), new CaseUnassessedException(new InvalidOperationException("rule")),
            new StreamVersionException("case:a", 3, 4), new JournalOverloadedException(5),
        ];
        Assert.All(all, sent =>
        {
            var arrived = Wire.Deserialize<Exception>(Wire.SerializeToArray(sent));
            Assert.IsType(sent.GetType(), arrived);
            Assert.Equal(sent.Message, arrived.Message);
            Assert.Equal(sent.InnerException?.GetType(), arrived.InnerException?.GetType());
        });
        Assert.Equal(
            all.Select(e => e.GetType().Name).Order(StringComparer.Ordinal),
            typeof(ICaseGrain).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Exception)) && t.GetCustomAttribute<GenerateSerializerAttribute>() is not null).Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    // Nothing is as it would be if nobody had set it, and no two values of a message are the same.
    private static object? Filled(Type type, int seed)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Filled(value, seed);
        if (type == typeof(string)) return $"text {seed}";
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return new Guid(seed, 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 2, 3, 4, 5, seed % 60, TimeSpan.FromHours(8));
        if (type == typeof(DateOnly)) return new DateOnly(2026, 2, 1).AddDays(seed);
        if (type == typeof(TimeSpan)) return TimeSpan.FromSeconds(seed);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(seed % Enum.GetValues(type).Length);
        if (type.IsPrimitive || type == typeof(decimal)) return Convert.ChangeType(seed, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, 2);
            for (var i = 0; i < array.Length; i++) array.SetValue(Filled(type.GetElementType()!, seed + i), i);
            return array;
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            var of = type.GetGenericArguments();
            return of.Length == 1
                ? Activator.CreateInstance(typeof(List<>).MakeGenericType(of), Filled(of[0].MakeArrayType(), seed))
                : Pair(of, seed);
        }

        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select((p, i) => Filled(p.ParameterType, seed + i + 1))]);
        foreach (var (property, i) in type.GetProperties().Where(p => p.GetSetMethod() is not null && p.GetIndexParameters().Length == 0).Select((p, i) => (p, i)))
            property.SetValue(made, Filled(property.PropertyType, seed + i + 1));
        return made;
    }

    private static object Pair(Type[] of, int seed)
    {
        var made = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        made.Add(Filled(of[0], seed)!, Filled(of[1], seed + 1));
        return made;
    }
}
