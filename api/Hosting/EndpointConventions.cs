using Cluster.Api.Ingest;
using Microsoft.OpenApi;

namespace Cluster.Api.Hosting;

/// <summary>What endpoints say about themselves: who may call them and how they fail.</summary>
internal static class EndpointConventions
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Allows the endpoint to accounts with one of these roles.</summary>
    public static RouteHandlerBuilder ForRoles(this RouteHandlerBuilder endpoint, params string[] roles) =>
        endpoint.RequireAuthorization(policy => policy.RequireRole(roles));

    /// <summary>Lists the problems an endpoint may answer with.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses) endpoint.Produces<Problem>(status, ProblemType);
        return endpoint;
    }

    /// <summary>Describes query parameters that the endpoint reads itself.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, params (string Name, string Description)[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach ((string name, string description) in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Description = description,
                    Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String },
                });
            }
            return Task.CompletedTask;
        });

    /// <summary>Describes a header that the endpoint reads itself.</summary>
    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });

    /// <summary>Describes an identifier in the path that the endpoint decodes itself.</summary>
    public static RouteHandlerBuilder TakesPath(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            if (operation.Parameters.FirstOrDefault(p => p.Name == name) is OpenApiParameter known)
            {
                known.Description = description;
                return Task.CompletedTask;
            }
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });

    /// <summary>Describes a body of CloudEvents; the endpoint tells the content types apart itself.</summary>
    public static RouteHandlerBuilder TakesEvents(this RouteHandlerBuilder endpoint, string one, string batch, string lines) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            context.Document!.AddComponent(nameof(CloudEvent), await context.GetOrCreateSchemaAsync(typeof(CloudEvent), null, cancellation));
            var single = new OpenApiSchemaReference(nameof(CloudEvent), context.Document);
            var array = new OpenApiSchema { Type = JsonSchemaType.Array, Items = single };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [one] = new() { Schema = single },
                    [batch] = new() { Schema = array },
                    [lines] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One event a line." } },
                },
            };
        });
}
