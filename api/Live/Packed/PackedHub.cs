using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.SignalR;

namespace Cluster.Api.Live.Packed;

/// <summary>How the hub writes and reads MessagePack.</summary>
internal static class PackedHub
{
    /// <summary>Offers the protocol beside JSON.</summary>
    public static ISignalRServerBuilder AddPacked(this ISignalRServerBuilder hub) => hub.AddMessagePackProtocol(Configure);

    // What comes in is texts and numbers, what goes out is known by its type: nothing is made of a type that somebody names, or by reflection.
    private static void Configure(MessagePackHubProtocolOptions protocol) =>
        protocol.SerializerOptions = MessagePackSerializerOptions.Standard.WithResolver(new Resolver()).WithSecurity(MessagePackSecurity.UntrustedData);

    private sealed class Resolver : IFormatterResolver
    {
        public IMessagePackFormatter<T>? GetFormatter<T>() => Found<T>.Formatter;

        private static object? Own(Type type) =>
            type == typeof(WatchAnswer) ? new PackedAnswer()
            : type.IsAssignableTo(typeof(IReadOnlyList<FeedMessage>)) ? Activator.CreateInstance(typeof(PackedFeed<>).MakeGenericType(type))
            : null;

        private static class Found<T>
        {
            public static readonly IMessagePackFormatter<T>? Formatter = (IMessagePackFormatter<T>?)Own(typeof(T)) ?? BuiltinResolver.Instance.GetFormatter<T>();
        }
    }
}
