using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Cluster.Api.Login;

/// <summary>Makes guessing slow: after some wrong passwords an account, and an address, waits ever longer for its next try.</summary>
internal sealed class LoginBackoff(IOptions<LoginOptions> options, TimeProvider clock)
{
    // A stranger can name as many accounts as he likes; memory for them is bounded and the longest quiet go first.
    private const int MostRemembered = 10_000;

    // Failures are forgotten after so long without one.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Failures> remembered = [];

    /// <summary>How long this login must still wait; zero if it may try.</summary>
    public TimeSpan Wait(string account, IPAddress? address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (gate)
        {
            TimeSpan wait = TimeSpan.Zero;
            foreach ((string key, _) in Keys(account, address))
            {
                if (remembered.TryGetValue(key, out Failures? failures) && failures.Until - now > wait) wait = failures.Until - now;
            }
            return wait;
        }
    }

    public void Failed(string account, IPAddress? address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (gate)
        {
            if (remembered.Count >= MostRemembered) Forget(now);
            foreach ((string key, int free) in Keys(account, address))
            {
                int count = remembered.TryGetValue(key, out Failures? before) && now - before.Last < Forgotten ? before.Count + 1 : 1;
                remembered[key] = new Failures(count, now, now + Penalty(count - free));
            }
        }
    }

    /// <summary>The right password clears its account; the address keeps its record, or an own account would wash it.</summary>
    public void Succeeded(string account)
    {
        lock (gate) remembered.Remove(AccountKey(account));
    }

    private TimeSpan Penalty(int beyondFree)
    {
        if (beyondFree < 0) return TimeSpan.Zero;
        TimeSpan penalty = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(beyondFree, 20)));
        return penalty < options.Value.LongestWait ? penalty : options.Value.LongestWait;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (string key in remembered.Where(f => now - f.Value.Last >= Forgotten).Select(f => f.Key).ToList()) remembered.Remove(key);
        if (remembered.Count < MostRemembered) return;
        foreach (string key in remembered.OrderBy(f => f.Value.Last).Take(MostRemembered / 4).Select(f => f.Key).ToList()) remembered.Remove(key);
    }

    private IEnumerable<(string Key, int Free)> Keys(string account, IPAddress? address)
    {
        yield return (AccountKey(account), options.Value.FreeFailures);
        yield return (AddressKey(address), options.Value.FreeFailuresOfAddress);
    }

    private static string AccountKey(string account) => "account:" + account;

    private static string AddressKey(IPAddress? address)
    {
        if (address is null) return "address:";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return "address:" + address;
        // A household has 2^64 addresses of IPv6.
        byte[] bytes = address.GetAddressBytes();
        return "address:" + Convert.ToHexString(bytes, 0, 8);
    }

    private sealed record Failures(int Count, DateTimeOffset Last, DateTimeOffset Until);
}
